import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { AnyFleet, Fleet } from '../../constructs';
import type { Manifest } from '../../layers/output';
import { fillTokens, mapStrings, valueInPlace } from '../../layers/text/token';
import { writeOutput } from '../../store/output/write-output';
import { toYaml } from '../../store/yaml/yaml-text';
import { isLongForm } from '../runs';

/**
 * Tests against a real program, in the long form. Where there is none on the PATH they say that they were skipped; in CI there must
 * be one.
 */
function describeWith(program: string, args: readonly string[]): jest.Describe {
  if (!isLongForm) return describe.skip;
  if (spawnSync(program, args).status === 0) return describe;
  return process.env.CI ? failing(program) : skipped(program);
}

export const describeWithHelm = describeWith('helm', ['version', '--short']);

export const describeWithKustomize = describeWith('kustomize', ['version']);

function failing(program: string): jest.Describe {
  return ((name: string) => {
    test(`${name}: ${program} must be on the PATH in CI`, () => {
      throw new Error(`${program} is not on the PATH`);
    });
  }) as unknown as jest.Describe;
}

function skipped(program: string): jest.Describe {
  return ((name: string) => {
    test.skip(`${name}: skipped, there is no ${program} on the PATH`, () => {});
  }) as unknown as jest.Describe;
}

/** What a root ApplicationSet injects for one cluster. */
export interface ClusterValues {
  readonly [key: string]: string;
}

/** Renders a fleet into a temporary folder, and removes it afterwards. */
export function withRendered<T>(fleet: AnyFleet, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-helm-'));
  try {
    writeOutput(join(folder, 'dist'), fleet.synth());
    return use(join(folder, 'dist'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function helmLint(chart: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('helm', ['lint', chart], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** @throws Error with what Helm said */
export function helmTemplate(chart: string, cluster: ClusterValues): readonly Manifest[] {
  const values = join(chart, '..', '.cluster-values.yaml');
  writeFileSync(values, toYaml({ cluster }));
  const text = execFileSync('helm', ['template', 'release', chart, '--values', values], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return byName(
    parseAllDocuments(text)
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest): manifest is Manifest => manifest !== null),
  );
}

/** What Argo CD must receive: our manifests with the tokens filled in. */
export function expectedManifests(fleet: Fleet, clusterType: string, path: string, cluster: ClusterValues): readonly Manifest[] {
  const { files } = fleet.synth().folder(clusterType, path);
  const documents = files.flatMap((file) => (file.kind === 'template' ? [file.document] : []));
  return byName(
    documents.map((document) => mapStrings(document, (text) => fillTokens(text, (token) => valueInPlace(token, cluster[token.key] ?? `no ${token.key}`)))),
  );
}

function byName(manifests: readonly Manifest[]): readonly Manifest[] {
  return [...manifests].sort((a, b) => (`${a.kind} ${a.metadata.name}` < `${b.kind} ${b.metadata.name}` ? -1 : 1));
}

/**
 * The values that a chart is rendered with, as Helm reads them of a file that Argo CD gives it with `--values`.
 *
 * @param defaults what the chart's own `values.yaml` says
 */
export function helmValues(file: string, defaults: unknown = {}): unknown {
  return helmValuesOf(['--values', file], defaults);
}

/**
 * The same of whatever Helm is given.
 *
 * @param files of the chart, by their paths in it
 */
export function helmValuesOf(args: readonly string[], defaults: unknown, files: { readonly [path: string]: string } = {}): unknown {
  const chart = mkdtempSync(join(tmpdir(), 'fleet-chart-'));
  try {
    mkdirSync(join(chart, 'templates'));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(chart, path), text);
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: probe\nversion: 1.0.0\n');
    writeFileSync(join(chart, 'values.yaml'), JSON.stringify(defaults));
    writeFileSync(join(chart, 'templates/probe.yaml'), 'kind: Probe\njson: {{ .Values | toJson | printf "%+q" }}\n');
    const text = execFileSync('helm', ['template', 'release', '.', ...args], {
      cwd: chart,
      maxBuffer: 1e8,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse((parse(text) as { readonly json: string }).json);
  } finally {
    rmSync(chart, { recursive: true, force: true });
  }
}
