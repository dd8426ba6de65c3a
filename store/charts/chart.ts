import { completeShape } from '../../layers/charts/complete-shape';
import { anyMap, anything, scalarShape, type ValueShape } from '../../layers/charts/value-shape';
import { isMap } from '../../layers/plain-data';
import { compare } from '../../layers/problem';
import { hashOf } from '../files/journal';
import { parseGoYaml } from '../yaml/go-yaml';
import type { ChartFiles } from './chart-files';
import { chartProblem } from './chart-problem';
import { schemaShape } from './schema-shape';
import { valuesShape } from './values-shape';

/** What a chart says of itself. */
export interface ChartFacts {
  readonly name: string;
  readonly version: string;
  /** Whether its authors say that nobody should take it any more. @default false */
  readonly isDeprecated?: true;
}

interface Dependency {
  /** Under which key its values stand. */
  readonly key: string;
  readonly name: string;
  /** The keys of values that switch it on. */
  readonly conditions: readonly string[];
  readonly hasTags: boolean;
}

/** @param shown what it is called in messages @throws FleetError where it says neither */
export function factsOf(files: ChartFiles, shown: string): ChartFacts {
  const { name, version, deprecated } = yamlIn(files, 'Chart.yaml', shown);
  if (typeof name !== 'string' || typeof version !== 'string' || !isChartName(name)) {
    const expected = '`name` (letters, digits, `-`, `_`, `.`) and `version`';
    throw chartProblem('chart-broken', `Chart.yaml of ${shown} is not that of a chart`, { expected, found: JSON.stringify({ name, version }) });
  }
  return { name, version, ...(deprecated === true ? { isDeprecated: true } : {}) };
}

/** Whether a chart may be called so: a name is a part of paths and of types. */
export function isChartName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name) && !name.includes('..');
}

/** The digest of what the types of a chart are made of: of a chart that is a folder, which has no archive. */
export function digestOf(files: ChartFiles): string {
  const list = [...files].map(([path, content]) => `${hashOf(content)}  ${path}\n`);
  return hashOf(list.join(''));
}

/**
 * What the values of a chart are: what its schema says, completed by its `values.yaml`, with those of its subcharts under
 * their names.
 *
 * @throws FleetError where its schema or its values are broken
 */
export function shapeOf(files: ChartFiles, shown: string, at = '', depth = 0): ValueShape {
  const read = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const file = files.get(at + name);
    if (!file) return undefined;
    try {
      return parse(file.toString('utf8'));
    } catch (cause) {
      if (cause instanceof RangeError || !(cause instanceof Error)) throw tooDeep(at + name, shown);
      throw chartProblem('chart-broken', `${at}${name} of ${shown} cannot be read`, {
        found: cause.message,
        hint: 'helm reads it likewise: tell the authors of the chart',
      });
    }
  };
  const schema = read('values.schema.json', schemaShape);
  const values = read('values.yaml', valuesShape) ?? (schema ? undefined : anyMap);
  // A schema of anything but a map says nothing of values.
  const own = schema && (schema.keys || schema.isAny) ? completeShape(schema, values) : (values ?? anyMap);
  if (own.isClosed || !own.keys) return own;
  const keys = new Map(own.keys);
  const dependencies = dependenciesOf(files, at, shown);
  for (const { key, name } of dependencies) {
    const folder = depth < 4 ? subchartAt(files, at, name) : undefined;
    const theirs = folder === undefined ? anyMap : shapeOf(files, shown, folder, depth + 1);
    keys.set(key, completeShape(theirs, keys.get(key)));
  }
  for (const { conditions } of dependencies) for (const path of conditions) addCondition(keys, path.trim().split('.'));
  if (dependencies.some(({ hasTags }) => hasTags) && !keys.has('tags')) keys.set('tags', { scalars: [], keys: new Map(), rest: scalarShape('boolean') });
  // What Helm hands to every chart and subchart.
  const { global } = Object.fromEntries([...keys].filter(([key]) => key === 'global'));
  keys.set('global', global?.keys ? { ...global, rest: anything } : { ...anyMap, description: 'What the chart and all its subcharts see.' });
  return { ...own, keys };
}

function tooDeep(file: string, shown: string): Error {
  return chartProblem('chart-broken', `${file} of ${shown} cannot be read`, { found: 'it is nested too deep' });
}

/** `grafana.enabled`, which switches a subchart on, is a value of the chart whether the subchart knows it or not. */
function addCondition(keys: Map<string, ValueShape>, [key, ...rest]: readonly string[]): void {
  if (key === undefined || key === '') return;
  const known = keys.get(key);
  if (rest.length === 0) {
    if (!known) keys.set(key, scalarShape('boolean'));
    return;
  }
  if (known && (!known.keys || known.isAny)) return;
  const below = new Map(known?.keys ?? []);
  addCondition(below, rest);
  keys.set(key, { scalars: [], ...known, keys: below });
}

/** The charts that one names for those in it. @param at its folder @throws FleetError where that cannot be read */
export function dependenciesOf(files: ChartFiles, at: string, shown: string): readonly Dependency[] {
  const own = yamlIn(files, `${at}Chart.yaml`, shown).dependencies;
  // As charts of Helm 2 have it.
  const list = own ?? (files.has(`${at}requirements.yaml`) ? yamlIn(files, `${at}requirements.yaml`, shown).dependencies : undefined);
  if (!Array.isArray(list)) return [];
  return list.filter(isMap).flatMap((one): readonly Dependency[] => {
    const [name, alias, condition] = [textOf(one['name']), textOf(one['alias']), textOf(one['condition'])];
    if (name === '') return [];
    return [{ name, key: alias === '' ? name : alias, conditions: condition === '' ? [] : condition.split(','), hasTags: Array.isArray(one['tags']) }];
  });
}

/** Where Helm expects a text it takes numbers and truth values for theirs: `alias: on` is `true`. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The folder of a subchart, which may be called otherwise than the chart: `charts/grafana-8.0.0/`. */
function subchartAt(files: ChartFiles, at: string, name: string): string | undefined {
  const below = `${at}charts/`;
  const folders = [...files.keys()].filter(
    (path) => path.startsWith(below) && path.endsWith('/Chart.yaml') && path.split('/').length === at.split('/').length + 2,
  );
  const found = folders.sort(compare).find((path) => {
    const folder = path.slice(below.length, -'/Chart.yaml'.length);
    return folder === name || (folder.startsWith(`${name}-`) && /^v?\d/.test(folder.slice(name.length + 1)));
  });
  return found?.slice(0, -'Chart.yaml'.length);
}

function yamlIn(files: ChartFiles, path: string, shown: string): Readonly<Record<string, unknown>> {
  let found: unknown;
  try {
    found = parseGoYaml(files.get(path)?.toString('utf8') ?? '');
  } catch (cause) {
    const said = cause instanceof Error && !(cause instanceof RangeError) ? { found: cause.message } : {};
    throw chartProblem('chart-broken', `${path} of ${shown} cannot be read`, { expected: 'a map in YAML', ...said });
  }
  if (!isMap(found)) throw chartProblem('chart-broken', `${path} of ${shown} cannot be read`, { expected: 'a map in YAML' });
  return found;
}
