import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { entryAt } from '../files/entry-at';
import { makeFolders } from '../files/make-folders';
import { readText } from '../files/read-file';
import { toYaml } from '../yaml/yaml-text';
import { tryRead } from './output-folder';
import { strangersProblem } from './refused-strangers';
import type { WriteReport } from './write-output';

/** Where `cdk8s synth` wants output. */
export interface Cdk8sOutput {
  /** The folder to render to. */
  readonly dir: string;
  /** The folder that the CLI wants to find something in afterwards. @default - it is `dir` */
  readonly scratch?: string;
}

/**
 * `cdk8s synth` deletes its output folder before it runs the app, so that a typo would cost the committed output. The
 * `output` of `cdk8s.yaml` is therefore a scratch folder, and the app writes its own output; an explicit `--output` or
 * `--stdout` gets what it asks for.
 *
 * @param committed the folder of rendered output in the repository
 */
export function cdk8sOutput(committed: string): Cdk8sOutput {
  const { dir = committed, scratch } = wanted();
  return scratch === undefined ? { dir } : { dir, scratch };
}

/** Whether output goes to the repository, and not to a folder or a stream that somebody named for once. */
export function isCommittedOutput(): boolean {
  return wanted().dir === undefined;
}

/** What the CLI asks for: a folder of somebody's, its scratch folder, or nothing where no CLI runs. */
function wanted(): Partial<Cdk8sOutput> {
  const { CDK8S_OUTDIR: folder } = process.env;
  if (!folder) return {};
  if (!existsSync('cdk8s.yaml')) return { dir: folder };
  const configured = (parse(readText('cdk8s.yaml')) as { readonly output?: string } | null)?.output;
  return configured !== undefined && resolve(configured) === resolve(folder) ? { scratch: folder } : { dir: folder };
}

/** How the index begins: another file of its name is not ours. */
const heading = '# The rendered manifests are in ';

/** Tells the CLI what was rendered: it expects a manifest in its output folder. @throws FleetError where somebody's file has its name */
export function writeIndex({ dir, scratch }: Cdk8sOutput, report: WriteReport): void {
  if (scratch === undefined) return;
  const file = join(scratch, 'index.yaml');
  if (entryAt(file) && !tryRead(file)?.startsWith(heading)) throw strangersProblem(scratch, [{ path: 'index.yaml', why: 'in the way' }]);
  makeFolders(scratch);
  const { targets, files, written, removed, unchanged } = report;
  const index = { output: dir, targets, files, written: written.length, removed: removed.length, unchanged };
  writeFileSync(file, `${heading}${dir}/.\n${toYaml(index)}`);
}
