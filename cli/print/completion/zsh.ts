import { type CommandWords, type Described, kindText } from './command-words';
import { lookups } from './lookups';

export function zshScript(commands: readonly CommandWords[]): string {
  return `#compdef fleet cdk8s-fleet
# Completion of fleet for zsh. In ~/.zshrc, behind compinit:  eval "$(npx fleet completion zsh)"

${lookups({ rows: commands.map(tableRow), values: commands.flatMap(valueRows), isProgram: 'whence -p -- "$program"' })}

_fleet() {
  local first=2 word kind='' command='' config='' value='' i REPLY
  # zsh has parameters of its own that are called commands and options.
  local -a known flags kinds names list
  [[ "\${words[1]:t}" == npx ]] && first=3
  _fleet_table ''
  for ((i = first; i < CURRENT; i++)); do
    word="\${words[i]}"
    if [[ -n "$value" ]]; then
      [[ "$value" == --config ]] && config="$word"
      value=''
    elif [[ "$word" == --config=* ]]; then
      config="\${word#*=}"
    elif [[ "$word" == --*=* ]]; then
      :
    elif [[ "$word" == --* ]]; then
      _fleet_value "$command $word" && value="$word"
    elif [[ "$word" == -* ]]; then
      :
    elif ((\${#names} == 0 && \${known[(I)\${(b)word}:*]})); then
      command="\${command:+$command }$word"
      _fleet_table "$command"
    else
      names+=("$word")
    fi
  done
  if [[ -n "$value" ]]; then
    _fleet_value "$command $value"
    kind="$REPLY"
  elif [[ "\${words[CURRENT]}" == --*=* ]]; then
    _fleet_value "$command \${words[CURRENT]%%=*}" || return 1
    kind="$REPLY"
    compset -P '*='
  elif [[ "\${words[CURRENT]}" == -* ]]; then
    _describe -o option flags
    return
  else
    kind="\${kinds[\${#names} + 1]}"
    ((\${#names} == 0 && \${#known})) && _describe command known
  fi
  case "$kind" in
    '') ;;
    words:*) compadd -- \${=kind#words:} ;;
    dir) _files -/ ;;
    *)
      list=("\${(@f)$(_fleet_names "\${words[1]}" "$kind" "$config" "\${names[@]}")}")
      list=(\${list:#})
      # One level of a path at a time: the next one is behind a slash.
      local -a ending
      [[ "$kind" == (path|target) ]] && ending=(-S '')
      local depth="\${words[CURRENT]//[^\\/]/}" rest
      for word in $list; do
        rest="\${word//[^\\/]/}"
        ((\${#rest} <= \${#depth})) && compadd $ending -- "$word"
      done
      ;;
  esac
}

_fleet_npx() {
  if ((CURRENT > 2)) && [[ "\${words[2]}" == (fleet|cdk8s-fleet) ]]; then _fleet; else _default; fi
}

compdef _fleet fleet cdk8s-fleet
(( \${+_comps[npx]} )) || compdef _fleet_npx npx
`;
}

function tableRow({ path, commands, options, arguments: kinds }: CommandWords): string {
  return `    '${path}')
      known=(${commands.map(described).join(' ')})
      flags=(${options.map(described).join(' ')})
      kinds=(${kinds.map((kind) => `'${kindText(kind)}'`).join(' ')}) ;;`;
}

function described({ name, description }: Described): string {
  return `'${name}:${description.replaceAll(':', '\\:')}'`;
}

function valueRows({ path, options }: CommandWords): readonly string[] {
  return options.flatMap(({ name, takesValue, kind }) => (takesValue ? [`    '${path} ${name}') REPLY='${kindText(kind)}' ;;`] : []));
}
