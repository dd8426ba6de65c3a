import { type CommandWords, kindText } from './command-words';
import { lookups } from './lookups';

/** Completion of bash 3.2 and newer, without any package for it. */
export function bashScript(commands: readonly CommandWords[]): string {
  return `# Completion of fleet for bash. In ~/.bashrc:  eval "$(npx fleet completion bash)"

${lookups({ rows: commands.map(tableRow), values: commands.flatMap(valueRows), isProgram: 'command -v "$program"' })}

_fleet() {
  local first=1 cur="\${COMP_WORDS[COMP_CWORD]}" word kind='' command='' config='' value='' commands='' options='' arguments='' given=0 i
  local -a names=()
  COMPREPLY=()
  [[ "\${COMP_WORDS[0]##*/}" == npx ]] && first=2
  _fleet_table ''
  for ((i = first; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    [[ "$word" == '=' ]] && continue
    if [[ -n "$value" ]]; then
      [[ "$value" == --config ]] && config="$word"
      value=''
    elif [[ "$word" == --* ]]; then
      kind="$(_fleet_value "$command $word")" && value="$word"
    elif [[ "$word" == -* ]]; then
      :
    elif ((\${#names[@]} == 0)) && [[ " $commands " == *" $word "* ]]; then
      command="\${command:+$command }$word"
      _fleet_table "$command"
    else
      names+=("$word")
    fi
  done
  [[ "$cur" == '=' ]] && cur=''
  if [[ -n "$value" ]]; then
    kind="$(_fleet_value "$command $value")"
  elif [[ "$cur" == -* ]]; then
    kind="words:$options"
  else
    local -a all=()
    IFS='|' read -r -a all <<<"$arguments"
    kind="\${all[\${#names[@]}]}"
    ((\${#names[@]} == 0)) && given=1
  fi
  local list=''
  ((given)) && list="$commands"
  case "$kind" in
    '') ;;
    words:*) list="$list \${kind#words:}" ;;
    dir) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$cur") ;;
    *) list="$list $(_fleet_names "\${COMP_WORDS[0]}" "$kind" "$config" "\${names[@]}")" ;;
  esac
  # One level of a path at a time: the next one is behind a slash.
  local depth="\${cur//[!\\/]/}" rest
  [[ "$kind" == path || "$kind" == target ]] && compopt -o nospace 2>/dev/null
  for word in $(compgen -W "$list" -- "$cur"); do
    rest="\${word//[!\\/]/}"
    ((\${#rest} <= \${#depth})) && COMPREPLY+=("$word")
  done
}

_fleet_npx() {
  case "\${COMP_WORDS[1]}" in
    fleet | cdk8s-fleet) ((COMP_CWORD > 1)) && _fleet ;;
    *) compopt -o default 2>/dev/null ;;
  esac
}

complete -F _fleet fleet cdk8s-fleet
complete -p npx >/dev/null 2>&1 || complete -F _fleet_npx npx
`;
}

function tableRow({ path, commands, options, arguments: kinds }: CommandWords): string {
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).join(' ');
  return `    '${path}') commands='${names(commands)}' options='${names(options)}' arguments='${kinds.map(kindText).join('|')}' ;;`;
}

function valueRows({ path, options }: CommandWords): readonly string[] {
  return options.flatMap(({ name, takesValue, kind }) => (takesValue ? [`    '${path} ${name}') echo '${kindText(kind)}' ;;`] : []));
}
