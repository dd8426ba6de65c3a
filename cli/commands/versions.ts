import { Command, Option } from 'commander';
import { askedField, askedVersion } from '../../changes/versions/asked-value';
import { versionsOf } from '../../changes/versions/versions';
import { type Done, print, printJson, printNotes } from '../print/print';
import { versionsCsv, versionsData } from '../print/versions/versions-data';
import { versionsMarkdown } from '../print/versions/versions-markdown';
import { versionsText } from '../print/versions/versions-text';
import { askedContents, unknownField } from '../read/contents/asked-contents';
import { runSettled } from '../run-alone';

interface VersionsFlags {
  readonly config: string;
  readonly field?: string;
  readonly in?: string;
  readonly clusterType?: string;
  readonly at?: string;
  readonly format: 'terminal' | 'markdown' | 'json' | 'csv';
  readonly json?: boolean;
}

export function versionsCommand(done: Done): Command {
  return new Command('versions')
    .description('what runs where: the version of every app at every node, down to where they agree')
    .argument('[app]', 'only this app, or component: its name, or CLUSTER-TYPE/NAME')
    .option('--field <field>', 'another field than the version: source.helm.valuesObject.replicaCount; of a map, all that is in it')
    .option('--in <path>', 'only what is at or below a node, or at a target')
    .option('--cluster-type <cluster-type>', 'only apps of this cluster type, or components of this group')
    .option('--at <ref>', 'as a commit recorded it, or the last one until a date (default: as the configuration says now)')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json', 'csv']).default('terminal'))
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
Now is what the configuration says, be it committed and rendered or not; --at is what Git recorded. Writes nothing.

Example:
  $ npx fleet versions
  $ npx fleet versions cert-manager --in production
  $ npx fleet versions --field source.helm.valuesObject.replicaCount
  $ npx fleet versions --at 2026-11-01 --format csv`,
    )
    .action((app: string | undefined, flags: VersionsFlags) => done(runSettled(flags.config, () => versions(app, flags))));
}

function versions(app: string | undefined, { config, field, in: path, clusterType, at, format, json }: VersionsFlags): number {
  const { contents, below, isOneApp } = askedContents({ config, app, clusterType, below: path, at });
  const asked = field === undefined ? askedVersion(contents.topology) : askedField(field);
  const found = versionsOf(contents, asked, { field, below });
  const isSaid = found.apps.some(({ cells }) => cells.some(({ value }) => value !== undefined));
  if (field !== undefined && !isSaid) throw unknownField(field, contents);
  printNotes(contents.notes);
  if (json || format === 'json') printJson({ ok: true, ...versionsData(found) });
  else if (format === 'csv') process.stdout.write(versionsCsv(found));
  else print(format === 'markdown' ? versionsMarkdown(found, isOneApp) : versionsText(found, isOneApp));
  return 0;
}
