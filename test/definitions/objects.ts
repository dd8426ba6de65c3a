import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { recordFolder } from '../../layers/record';

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind are read here
type Loose = any;

/** What is applied to some cluster. */
export interface AppliedObject {
  readonly name: string;
  readonly object: Loose;
  /** `jqPathExpressions` of the Application that applies it. */
  readonly ignored: readonly string[];
}

/** Every object of a folder of rendered output: charts as Helm makes them, everything else as it is. */
export function objectsIn(folder: string): readonly AppliedObject[] {
  const found = [...objectsBelow(folder)].map(({ path, object }) => ({ path: relative(folder, path), object }));
  const roots = found.filter(({ path }) => /^(hubs|spokes)\/[^/]+\/bootstrap\/root\.yaml$/.test(path));
  return found.map(({ path, object }) => {
    const root = roots.find((one) => path.startsWith(one.path.replace(/bootstrap\/root\.yaml$/, '')));
    return { name: `${path}: ${object.kind} ${object.metadata?.name}`, object, ignored: ignoredOf(root?.object, object) };
  });
}

function ignoredOf(application: Loose, { apiVersion, kind }: Loose): readonly string[] {
  const differences: readonly Loose[] = application?.spec.ignoreDifferences ?? [];
  const group = String(apiVersion).includes('/') ? String(apiVersion).split('/')[0] : '';
  return differences.filter((one) => one.kind === kind && (one.group ?? '') === group).flatMap(({ jqPathExpressions = [] }) => jqPathExpressions);
}

interface Found {
  readonly path: string;
  readonly object: Loose;
}

function* objectsBelow(folder: string): Generator<Found> {
  const isChart = existsSync(join(folder, 'Chart.yaml'));
  if (isChart) for (const object of helmObjects(folder)) yield { path: folder, object };
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== recordFolder && !(isChart && entry.name === 'templates')) yield* objectsBelow(path);
    else if (entry.isFile() && entry.name.endsWith('.yaml')) for (const object of objectsOf(readFileSync(path, 'utf8'))) yield { path, object };
  }
}

/** Files of values, and what says that a folder is a chart, are no objects. */
function objectsOf(text: string): readonly Loose[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => typeof object?.apiVersion === 'string' && typeof object.kind === 'string');
}

/** What Helm makes of a chart, for a cluster that has every value. */
function helmObjects(chart: string): readonly Loose[] {
  const templates = readdirSync(join(chart, 'templates')).map((file) => readFileSync(join(chart, 'templates', file), 'utf8'));
  const keys = new Set(templates.flatMap((text) => [...text.matchAll(/\.Values\.cluster\.(\w+)/g)].map(([, key = '']) => key)));
  const folder = mkdtempSync(join(tmpdir(), 'fleet-values-'));
  try {
    const values = join(folder, 'values.yaml');
    writeFileSync(values, stringify({ cluster: Object.fromEntries([...keys].map((key) => [key, `a-${key.toLowerCase()}`])) }));
    return objectsOf(execFileSync('helm', ['template', 'release', chart, '--values', values], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
