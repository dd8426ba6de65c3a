import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApplication, isSynced } from '../../argo-cd';
import type { KubernetesObject } from '../../kubernetes-api';
import { until } from '../../until';
import type { Second } from './second';

/** A step of the plan that `fleet move` and `fleet retire` print. */
export interface PlanStep {
  readonly title: string;
  readonly edits: readonly string[];
  readonly waitFor: readonly { readonly cluster: string; readonly command: string; readonly shows: string }[];
}

export async function planOf(topology: Second, ...command: string[]): Promise<readonly PlanStep[]> {
  return JSON.parse(await topology.run(...command, '--json')).steps;
}

/** Writes what a step says is to be written, and merges it. */
export async function merge(topology: Second, { title, edits }: PlanStep): Promise<void> {
  for (const edit of edits) {
    const { file, line, what } = readEdit(edit);
    if (what === 'remove it') await topology.fleet.git('rm', '--quiet', file);
    else topology.fleet.edit(file, (text) => (what === 'remove what names it' ? withoutLine(text, Number(line)) : withFields(text, what)));
  }
  await topology.merge(title);
}

/** `FILE: what to write`, or `FILE:LINE: what to write`. */
export function readEdit(edit: string): { readonly file: string; readonly line: string | undefined; readonly what: string } {
  const [, file, line, what] = /^(.*?)(?::(\d+))?: (.*)$/.exec(edit) ?? [];
  if (file === undefined || what === undefined) throw new Error(`this edit is not known: ${edit}`);
  return { file, line, what };
}

function withoutLine(text: string, line: number): string {
  return text
    .split('\n')
    .filter((_, index) => index !== line - 1)
    .join('\n');
}

/** What a plan says of the file of a spoke: write `model: 'distributed'` and `manages: []`. */
export function withFields(text: string, edit: string): string {
  const fields = [...edit.matchAll(/`((\w+): [^`]*)`/g)].map(([, field, name]) => [field as string, name as string] as const);
  if (fields.length === 0) throw new Error(`this edit is not known: ${edit}`);
  return fields.reduce(
    (changed, [field, name]) => changed.replace(new RegExp(`^  ${name}: .*\\n`, 'm'), '').replace('} satisfies', `  ${field},\n} satisfies`),
    text,
  );
}

/** Runs the commands of a step until each shows what the step says. */
export async function waitFor(topology: Second, { waitFor: conditions }: PlanStep, seconds = 240): Promise<void> {
  for (const { cluster, command, shows } of conditions) {
    await until(`\`${command}\` on ${cluster} shows: ${shows}`, seconds, () => missing(topology, cluster, command, shows));
  }
}

async function missing(topology: Second, cluster: string, command: string, shows: string): Promise<string | undefined> {
  const [program, ...args] = command.split(' ') as [string, ...string[]];
  const { status, stdout, stderr } = await topology.cluster(cluster).command(program, [...args, '--output', 'json']);
  const isGone = stderr.includes('NotFound');
  if (status !== 0 && !isGone) throw new Error(`${command} on ${cluster}: ${stderr.trim()}`);
  const found = stdout.trim() === '' ? undefined : JSON.parse(stdout);
  const items: readonly KubernetesObject[] = found?.items ?? (found ? [found] : []);
  const [first] = shows.split(/[,:]/) as [string];
  if (first === 'none' || first === 'not found') return items.length === 0 ? undefined : names(items);
  if (first === 'Ready') {
    const [condition] = items[0]?.status?.conditions ?? [];
    return condition?.status === 'True' ? undefined : (condition?.message ?? 'it says nothing');
  }
  const wanted = /^(\d+) of them$/.exec(first)?.[1];
  if (!wanted && first !== 'each Synced and Healthy' && first !== 'Synced and Healthy') throw new Error(`a plan says what is not known here: ${shows}`);
  if (items.length === 0 || (wanted && items.length !== Number(wanted))) return `${items.length} of them: ${names(items)}`;
  const behind = items.filter((item) => !isSynced(item));
  return behind.length === 0 ? undefined : behind.map(describeApplication).join('; ');
}

const names = (items: readonly KubernetesObject[]) => items.map(({ metadata }) => metadata.name).join(', ');

/** Runs the commands that remove the Argo CD of a spoke, with the values of a commit before the move, as the documents say. */
export async function removeOwn(topology: Second, { waitFor: conditions }: PlanStep, commit: string): Promise<void> {
  for (const { cluster: name, command } of conditions) {
    const cluster = topology.cluster(name);
    const [, ...args] = command.split(' ');
    if (!command.endsWith('-f -')) await cluster.kubectl(args);
    else for (const rendering of await renderings(topology, name, commit)) await cluster.kubectl([...args, '--ignore-not-found'], rendering);
  }
  // Nobody here runs what a Deployment says: the programs that stand for it go with it.
  await topology.stopOwn(conditions[0]?.cluster ?? '');
}

/** What the `helm template` commands of the document print. */
async function renderings(topology: Second, name: string, commit: string): Promise<readonly string[]> {
  const cluster = topology.cluster(name);
  const folder = join(cluster.folder, 'values');
  mkdirSync(folder, { recursive: true });
  for (const file of ['argo-cd.yaml', 'external-secrets.yaml']) {
    writeFileSync(join(folder, file), await topology.rendered(`spokes/${name}/values/bootstrap/${file}`, commit));
  }
  const commands = documented(topology.document('hub-spoke/operating.md'), 'helm template').map((command) => command.split(' | ')[0] as string);
  return Promise.all(
    commands.map((command) => {
      const [program, ...args] = command.split(' ') as [string, ...string[]];
      return topology.program(cluster, program, args, folder);
    }),
  );
}

/** Commands of a document that begin with certain words, each on one line. */
export function documented(text: string, words: string): readonly string[] {
  return [...text.matchAll(/^ *\$ ((?:[^\n]*\\\n)*[^\n]*)$/gm)]
    .map(([, command]) => (command as string).replace(/\\\n/g, ' ').replace(/ +/g, ' ').trim())
    .filter((command) => command.startsWith(words));
}
