import type { Command } from 'commander';
import { collected } from '../../read/collected';
import { readSetting } from '../../read/setting';

/** The options that say what a new app is. */
export function withAppOptions(command: Command): Command {
  return command
    .option('--repo <url>', 'the repository of its chart or its folder (default: the fleet’s own)')
    .option('--chart <name>', 'its chart')
    .option('--version <version>', 'the version of its chart, or the Git revision')
    .option('--path <folder>', 'its folder, in place of a chart')
    .option('--namespace <name>', 'where it is deployed to (default: as it is called)')
    .option('--description <text>', 'what it is for')
    .option('--owner <name>', 'whom it belongs to (repeatable)', collected, [])
    .option('--set <path=value>', 'one more field, such as source.helm.valuesObject.replicas=2 (repeatable; a dot in a key is written \\.)', readSetting, []);
}
