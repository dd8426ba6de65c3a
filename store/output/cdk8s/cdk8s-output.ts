import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { entryAt } from '../../files/entry-at';
import { makeFolders } from '../../files/make-folders';
import { readText } from '../../files/read-file';
import { toYaml } from '../../yaml/yaml-text';
import { tryRead } from '../existing-output';
import { strangersProblem } from '../refused-strangers';
import type { WriteReport } from '../write-output';

/** Where `cdk8s synth` wants output. */
export interface Cdk8sOutput {
  /** The folder to render to. */
  readonly dir: string;
  /** The folder that the CLI wants to find something in afterwards. @default - it is `dir` */
  readonly scratch?: string;
  /** Whether the CLI prints what it finds in `dir`, and throws it away. @default false */
  readonly isPrinted?: boolean;
  /** Whether plugins of `cdk8s.yaml` look at what the CLI finds. @default false */
  readonly isValidated?: boolean;
}

/**
 * `cdk8s synth` deletes its output folder before it runs the app, so that a typo would cost the committed output. The
 * `output` of `cdk8s.yaml` is therefore a scratch folder, and the app writes its own output; an explicit `--output` or
 * `--stdout` gets what it asks for.
 *
 * @param committed the folder of rendered output in the repository
 */
export function cdk8sOutput(committed: string): Cdk8sOutput {
  return { dir: committed, ...wanted() };
}

/** Whether output goes to the repository, and not to a folder or a stream that somebody named for once. */
export function isCommittedOutput(): boolean {
  return wanted().dir === undefined;
}

/** What the CLI asks for: a folder of somebody's, its scratch folder, or nothing where no CLI runs. */
function wanted(): Partial<Cdk8sOutput> {
  const { CDK8S_OUTDIR: folder } = process.env;
  if (!folder) return {};
  const { output, validations } = settings();
  // With `--no-validate` nobody looks, which nobody tells.
  const seen = validations && validations.length > 0 ? { isValidated: true } : {};
  if (output !== undefined && resolve(output) === resolve(folder)) return { scratch: folder, ...seen };
  return { dir: folder, ...(isPrinted(folder) ? { isPrinted: true } : {}), ...seen };
}

interface Cdk8sSettings {
  readonly output?: string;
  /** Plugins, or where the list of them is. */
  readonly validations?: string | readonly unknown[] | null;
}

function settings(): Cdk8sSettings {
  return existsSync('cdk8s.yaml') ? ((parse(readText('cdk8s.yaml')) as Cdk8sSettings | null) ?? {}) : {};
}

/** For `--stdout` the CLI makes a temporary folder; one that it was told of it has deleted. */
function isPrinted(folder: string): boolean {
  const path = resolve(folder);
  const isTemporary = dirname(path) === resolve(tmpdir()) && basename(path).startsWith('cdk8s-');
  return isTemporary && existsSync(path) && readdirSync(path).length === 0;
}

/** How the index begins: another file of its name is not ours. */
const heading = '# The rendered manifests are in ';

/** Whether a folder holds an index that {@link writeIndex} wrote. */
export function isIndex(folder: string): boolean {
  return tryRead(join(folder, 'index.yaml'))?.startsWith(heading) ?? false;
}

/** Tells the CLI what was rendered: it expects a manifest in its output folder. @throws FleetError where somebody's file has its name */
export function writeIndex({ dir, scratch }: Cdk8sOutput, report: WriteReport): void {
  if (scratch === undefined) return;
  const file = join(scratch, 'index.yaml');
  if (entryAt(file) && !isIndex(scratch)) throw strangersProblem(scratch, [{ path: 'index.yaml', why: 'in the way' }]);
  makeFolders(scratch);
  const { targets, files, written, removed, unchanged } = report;
  const index = { output: dir, targets, files, written: written.length, removed: removed.length, unchanged };
  writeFileSync(file, `${heading}${dir}/.\n${toYaml(index)}`);
}
