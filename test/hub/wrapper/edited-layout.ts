import { join, relative } from 'node:path';
import { type Comparison, compared } from '../../../cli/write/wrapper/compare-wrapper';
import { fleetFromConfig, type HubFleet } from '../../../constructs';
import { deployedFleetOf } from '../../../constructs/hub/deployed-fleet';
import { writeMigration } from '../../../store/migrate/write-migration';
import { locate } from '../../../store/read/locate';
import { readConfig } from '../../../store/read/read-config';
import { readWrapper, type WrapperReading } from '../../../store/wrapper/read-wrapper';
import { TemporaryFolders, tree } from '../../workspaces/temporary-folder';

export const folders = new TemporaryFolders();
export const layout = tree(join(__dirname, 'layout'));

/** Files of a layout; `undefined` takes one away. */
export type Files = Readonly<Record<string, string | undefined>>;

export function folderOf(files: Files): string {
  return folders.make(Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined)));
}

/** The layout of the fixture with other files. */
export function changed(files: Files): string {
  return folderOf({ ...layout, ...files });
}

export function edited(path: string, from: string | RegExp, to: string): Files {
  const text = layout[path]?.replace(from, to);
  if (text === undefined || text === layout[path]) throw new Error(`the edit of ${path} changes nothing`);
  return { [path]: text };
}

export function read(files: Files): WrapperReading & { readonly folder: string } {
  const folder = changed(files);
  return { ...readWrapper(folder, () => 'https://github.com/company/elsewhere'), folder };
}

/** What could not be said, as it is reported: file, line, what stands there and why. */
export function unsaidOf({ unsaid, folder }: Pick<WrapperReading, 'unsaid'> & { readonly folder: string }): readonly string[] {
  return locate(unsaid).map(({ file, line, text, reason }) =>
    [`${relative(folder, file)}${line === undefined ? '' : `:${line}`}`, ...(text === undefined ? [] : [text]), reason].join(' | '),
  );
}

export function unsaidIn(files: Files): readonly string[] {
  return unsaidOf(read(files));
}

/** What is different once a configuration that was written of a layout is edited. */
export function comparedAfter(reading: WrapperReading, edits: Readonly<Record<string, (text: string) => string>> = {}): Comparison {
  const folder = join(folders.make(), 'new');
  writeMigration(
    folder,
    reading.config.files.map(({ path, text }) => ({ path, text: edits[path]?.(text) ?? text })),
  );
  const fleet = fleetFromConfig(readConfig(folder)) as HubFleet;
  fleet.synth();
  return compared(reading, deployedFleetOf(fleet));
}

/** A file of the configuration that is written of a layout. */
export function written({ config }: WrapperReading, path: string): string {
  const file = config.files.find((one) => one.path === path);
  if (!file) throw new Error(`there is no ${path}`);
  return file.text;
}
