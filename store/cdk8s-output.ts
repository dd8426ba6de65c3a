import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readText } from './read-file';
import type { WriteReport } from './write-output';
import { toYaml } from './yaml-text';

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
  const wanted = process.env.CDK8S_OUTDIR;
  if (!wanted || !existsSync('cdk8s.yaml')) return { dir: wanted || committed };
  const configured = (parse(readText('cdk8s.yaml')) as { readonly output?: string } | null)?.output;
  const isScratch = configured !== undefined && resolve(configured) === resolve(wanted);
  return isScratch ? { dir: committed, scratch: wanted } : { dir: wanted };
}

/** Tells the CLI what was rendered: it expects a manifest in its output folder. */
export function writeIndex({ dir, scratch }: Cdk8sOutput, report: WriteReport): void {
  if (scratch === undefined) return;
  mkdirSync(scratch, { recursive: true });
  const { targets, files, written, removed, unchanged } = report;
  const index = { output: dir, targets, files, written: written.length, removed: removed.length, unchanged };
  writeFileSync(join(scratch, 'index.yaml'), `# The rendered manifests are in ${dir}/.\n${toYaml(index)}`);
}
