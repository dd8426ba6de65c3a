/** What differs between the shells that look things up in the same way. */
export interface Lookups {
  /** Cases of `_fleet_table`: what there is behind a command. */
  readonly rows: readonly string[];
  /** Cases of `_fleet_value`: what stands behind an option. */
  readonly values: readonly string[];
  /** Whether `$program` is a program, in the words of the shell. */
  readonly isProgram: string;
}

/** How bash and zsh look up what is completed; names are asked of the program that is typed, or else of that of the nearest package. */
export function lookups({ rows, values, isProgram }: Lookups): string {
  return `_fleet_table() {
  case "$1" in
${rows.join('\n')}
    *) return 1 ;;
  esac
}

_fleet_value() {
  case "$1" in
${values.join('\n')}
    *) return 1 ;;
  esac
}

_fleet_names() {
  local program="$1" folder="$PWD"
  shift
  if [[ "$program" == npx ]] || ! ${isProgram} >/dev/null 2>&1; then
    program=''
    while [[ -n "$folder" ]]; do
      if [[ -x "$folder/node_modules/.bin/fleet" ]]; then program="$folder/node_modules/.bin/fleet"; break; fi
      folder="\${folder%/*}"
    done
  fi
  [[ -n "$program" ]] && "$program" __complete "$@" 2>/dev/null
}`;
}
