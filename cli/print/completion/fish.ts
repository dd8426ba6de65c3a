import { type CommandWords, type Described, kindText } from './command-words';

export function fishScript(commands: readonly CommandWords[]): string {
  return `# Completion of fleet for fish:  npx fleet completion fish > ~/.config/fish/completions/fleet.fish

function __fleet_commands
    switch "$argv[1]"
${commands
  .filter((one) => one.commands.length > 0)
  .map((one) => row(one.path, one.commands))
  .join('\n')}
    end
end

function __fleet_options
    switch "$argv[1]"
${commands.map((one) => row(one.path, one.options)).join('\n')}
    end
end

function __fleet_arguments
    switch "$argv[1]"
${commands
  .filter((one) => one.arguments.length > 0)
  .map((one) => `        case '${one.path}'\n            printf '%s\\n' ${one.arguments.map((kind) => `'${kindText(kind)}'`).join(' ')}`)
  .join('\n')}
    end
end

function __fleet_value
    switch "$argv[1]"
${commands.flatMap(valueRows).join('\n')}
        case '*'
            return 1
    end
end

function __fleet_names
    set -l program $argv[1]
    if test "$program" = npx; or not command -q $program
        set program
        set -l folder $PWD
        while test -n "$folder"
            if test -x "$folder/node_modules/.bin/fleet"
                set program "$folder/node_modules/.bin/fleet"
                break
            end
            set folder (string replace -r '/[^/]*$' '' -- $folder)
        end
    end
    test -n "$program"; and $program __complete $argv[2..-1] 2>/dev/null
end

function __fleet_complete
    set -l tokens (commandline -opc)
    set -l cur (commandline -ct)
    set -l program $tokens[1]
    set -e tokens[1]
    if test "$program" = npx
        contains -- "$tokens[1]" fleet cdk8s-fleet; or return
        set -e tokens[1]
    end
    set -l command ''
    set -l config ''
    set -l value ''
    set -l names
    for word in $tokens
        if test -n "$value"
            test "$value" = --config; and set config $word
            set value ''
        else if string match -q -- '--config=*' $word
            set config (string replace -- '--config=' '' $word)
        else if string match -q -- '--*' $word
            __fleet_value "$command $word" >/dev/null; and set value $word
        else if string match -q -- '-*' $word
            continue
        else if test (count $names) -eq 0; and contains -- $word (__fleet_commands "$command" | string replace -r '\\t.*' '')
            set command (string trim -- "$command $word")
        else
            set -a names $word
        end
    end
    set -l kind ''
    if test -n "$value"
        set kind (__fleet_value "$command $value")
    else if string match -q -- '-*' $cur
        __fleet_options "$command"
        return
    else
        test (count $names) -eq 0; and __fleet_commands "$command"
        set -l kinds (__fleet_arguments "$command")
        set kind $kinds[(math (count $names) + 1)]
    end
    switch "$kind"
        case ''
            return
        case 'words:*'
            string split ' ' -- (string replace 'words:' '' -- $kind)
        case dir
            __fish_complete_directories $cur
        case '*'
            # One level of a path at a time: the next one is behind a slash.
            set -l depth (string replace -ra '[^/]' '' -- "$cur" | string length)
            for word in (__fleet_names $program $kind "$config" $names)
                test (string replace -ra '[^/]' '' -- $word | string length) -le "$depth"; and echo $word
            end
    end
end

complete -c fleet -f -a '(__fleet_complete)'
complete -c cdk8s-fleet -f -a '(__fleet_complete)'
complete -c npx -n 'contains -- (commandline -opc)[2] fleet cdk8s-fleet' -f -a '(__fleet_complete)'
`;
}

function row(path: string, words: readonly Described[]): string {
  return `        case '${path}'\n            printf '%s\\t%s\\n' ${words.map(({ name, description }) => `'${name}' '${description}'`).join(' ')}`;
}

function valueRows({ path, options }: CommandWords): readonly string[] {
  return options.flatMap(({ name, takesValue, kind }) => (takesValue ? [`        case '${path} ${name}'\n            echo '${kindText(kind)}'`] : []));
}
