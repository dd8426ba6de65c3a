import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { fleetFromConfig } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { describeWithHelm, withRendered } from './helm';

jest.setTimeout(120_000);

type Map = { readonly [key: string]: unknown };

const example = join(__dirname, '../yaml/example');
const cluster = { name: 'c-1', nameNormalized: 'c-1', projectId: 'project-1', vpcId: 'vpc-1' };

const booleans: Readonly<Record<string, boolean>> = { yes: true, no: false, on: true, off: false };

/** A file as PyYAML reads it: YAML 1.1. */
function load(file: string): Map {
  const reviver = (_: unknown, value: unknown) => (typeof value === 'string' && Object.hasOwn(booleans, value) ? booleans[value] : value);
  return existsSync(file) ? ((parse(readFileSync(file, 'utf8'), reviver) as Map | null) ?? {}) : {};
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merged(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over;
  return Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(over)])].map((key) => [key, key in over ? merged(base[key], over[key]) : base[key]]),
  );
}

/** What the files say for a target, as the generator of such a layout merges them. */
function valuesAt(clusterType: string, path: string): Map {
  const folder = join(example, clusterType);
  const defaults = load(join(folder, 'defaults.yaml')) as Record<string, { default?: unknown }>;
  const components = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return components.reduce<Map>((all, { name }) => {
    const base = load(join(folder, name, 'values.yaml')) as Record<string, Map>;
    const withDefaults = Object.fromEntries(
      Object.entries(base).map(([section, apps]) => [
        section,
        Object.fromEntries(Object.entries(apps).map(([app, fields]) => [app, merged(defaults[section]?.default ?? {}, fields)])),
      ]),
    );
    const parts = path.split('/');
    const layers = parts.flatMap((_, index): readonly Map[] => {
      const at = join(folder, name, ...parts.slice(0, index + 1));
      const patches = (existsSync(at) ? readdirSync(at).sort() : []).filter((file) => file.startsWith('patch-'));
      return ['override.yaml', ...patches].map((file) => {
        const { metadata: _, ...change } = load(join(at, file));
        return change;
      });
    });
    return merged(all, [withDefaults, ...layers].reduce<unknown>(merged, {})) as Map;
  }, {});
}

/** An app as the layout's own chart writes it, which knows nothing of expressions, nor of some fields of an ApplicationSet. */
function manifest(section: string, name: string, fields: Map): Map {
  const { namespace, finalizers, additionalAnnotations, additionalLabels, ...spec } = fields;
  const isSet = section === 'applicationsets';
  if (isSet) for (const field of ['project', 'goTemplateOptions']) delete (spec as Record<string, unknown>)[field];
  const metadata = { name, namespace, finalizers, annotations: additionalAnnotations, labels: additionalLabels };
  return { apiVersion: 'argoproj.io/v1alpha1', kind: isSet ? 'ApplicationSet' : 'Application', metadata, spec };
}

interface Chart {
  readonly template: string;
  readonly values: object;
}

/** Each template as Helm renders it with its values, all in one call: each is a chart below one that has nothing else. */
function helm(charts: readonly Chart[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-twice-'));
  const write = (chart: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, chart, 'templates'), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, chart, file), text);
  };
  try {
    write('.', { 'Chart.yaml': 'apiVersion: v2\nname: all\nversion: 0.1.0\n' });
    for (const [index, { template, values }] of charts.entries()) {
      const chart = `apiVersion: v2\nname: t${index}\nversion: 0.1.0\n`;
      write(`charts/t${index}`, { 'Chart.yaml': chart, 'values.yaml': JSON.stringify(values), 'templates/all.yaml': template });
    }
    const output = execFileSync('helm', ['template', 'release', folder], { encoding: 'utf8', maxBuffer: 100_000_000, stdio: ['ignore', 'pipe', 'pipe'] });
    const documents = output.split(/^---\n# Source: all\/charts\/t/m).slice(1);
    return charts.map((_, index) => documents.flatMap((text) => (text.startsWith(`${index}/`) ? [text.slice(text.indexOf('\n') + 1)] : [])).join('---\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the author of the files gets without us, at each target. */
function twiceByHelm(targets: readonly string[]): readonly string[] {
  const known = targets.map((target) => {
    const [clusterType = '', ...path] = target.split('/');
    const [environment, sector, region] = path;
    return { values: valuesAt(clusterType, path.join('/')), dimensions: { environment, sector, region } };
  });
  const rendered = helm(known.map(({ values, dimensions }) => ({ template: written(values), values: { ...values, cluster: dimensions } })));
  return helm(
    known.map(({ values, dimensions }, index) => ({ template: rendered[index] ?? '', values: { ...values, cluster: { ...dimensions, ...cluster } } })),
  );
}

function written(values: Map): string {
  const manifests = ['applications', 'applicationsets'].flatMap((section) =>
    Object.entries((values[section] ?? {}) as Record<string, Map>).map(([name, fields]) => manifest(section, name, fields)),
  );
  return manifests.map((one) => stringify(one, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}

/** Documents in order of their names, each source's values as a map, without what is not set. */
function comparable(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text).map((document) => document.toJS() as Map | null);
  return documents
    .filter((document) => document !== null)
    .map(plain)
    .sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

function name(document: unknown): string {
  return (document as { readonly metadata: { readonly name: string } }).metadata.name;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  const { values, ...rest } = value;
  // Values with a null are rendered as text.
  const all = typeof values === 'string' ? { ...rest, valuesObject: parse(values) } : value;
  return Object.fromEntries(Object.entries(all).flatMap(([key, item]) => (item === null || item === undefined ? [] : [[key, plain(item)]])));
}

describeWithHelm('the twin of the example in YAML', () => {
  const fleet = fleetFromConfig(readConfig(example));

  test('gives at every target what the real Helm makes of its files, called twice', () => {
    withRendered(fleet, (folder) => {
      const targets = [...fleet.synth().effects()].map(({ folder }) => folder.path);
      expect(targets).toHaveLength(18);
      const template = (target: string) => {
        const templates = join(folder, target, 'templates');
        return readdirSync(templates)
          .map((file) => readFileSync(join(templates, file), 'utf8'))
          .join('---\n');
      };
      const ours = helm(targets.map((target) => ({ template: template(target), values: { cluster } })));
      const theirs = twiceByHelm(targets);
      for (const [index, target] of targets.entries()) {
        expect({ target, manifests: comparable(ours[index] ?? '') }).toEqual({ target, manifests: comparable(theirs[index] ?? '') });
        expect(comparable(ours[index] ?? '').length).toBeGreaterThan(2);
      }
    });
  });
});
