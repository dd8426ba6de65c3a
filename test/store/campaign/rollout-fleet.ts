import { type FleetModel, isBelow, list, type ModelComponent, type ModelNode, map, pathsOf, scalar, text, type Value } from './fleet-model';
import type { Random } from './random';
import { typescriptForm } from './typescript-form';
import type { Files } from './workspace';
import { yamlForm } from './yaml-form';

export type Form = 'typescript' | 'yaml';

/** The one cluster type of a fleet on which commands are tried, and the folder of its files. */
export const clusterType = 'mgmt';

/** Where a fleet is rendered with changes under way, and comments that no command may lose. */
export interface RolloutFleet {
  readonly form: Form;
  readonly model: FleetModel;
  readonly files: Files;
}

/** @param breadth how many nodes each node has at most, and how many apps there are */
export function rolloutFleet(random: Random, form: Form, breadth: number): RolloutFleet {
  const dimensions = [
    ['environments', 'environment'],
    ['sectors', 'sector'],
    ['regions', 'region'],
  ] as const;
  const nodes = environments(random, breadth);
  const { all, targets } = pathsOf({ nodes, dimensions });
  const components = ['web', 'api', 'batch', 'jobs', 'logs', 'mail'].slice(0, Math.max(2, breadth)).map((name) => component(random, name, all, targets));
  const model: FleetModel = {
    repository: 'https://example.com/fleet.git',
    path: 'dist',
    labelPrefix: 'fleet',
    dimensions,
    nodes,
    hasYaml: true,
    clusterTypes: [
      {
        name: clusterType,
        applications: map({ project: text('default'), destination: map({ name: text('in-cluster') }), namespace: text('argocd') }),
        applicationSets: map({ namespace: text('argocd') }),
        components,
      },
    ],
  };
  const files = form === 'yaml' ? yamlForm(model) : typescriptForm(model);
  return { form, model, files: Object.fromEntries(Object.entries(files).map(([path, content], index) => [path, commented(content, form, index)])) };
}

function environments(random: Random, breadth: number): readonly ModelNode[] {
  const gate = () => random.pick(['manual', 'automated', undefined] as const);
  const regions = () =>
    Array.from({ length: random.int(1, breadth) }, (_, index): ModelNode => ({ name: ['us', 'eu', 'ap', 'sa'][index] ?? `r${index}`, children: [] }));
  const sectors = (name: string) =>
    Array.from({ length: random.int(1, breadth) }, (_, index): ModelNode => ({ name: `${name}-${index + 1}`, promotion: gate(), children: regions() }));
  return ['int', 'stage', 'prod'].slice(0, random.int(2, 3)).map((name) => ({ name, promotion: gate(), children: sectors(name) }));
}

function component(random: Random, name: string, all: readonly string[], targets: readonly string[]): ModelComponent {
  const layer = (): Value => map({ helm: map({ valuesObject: map({ [random.pick(['size', 'tier', 'extra'])]: scalar(random.int(1, 9)) }) }) });
  const patch = (number: number) => ({
    name: `patch-00${number}`,
    rolledOutTo: begun(random, all, targets),
    layers: { [name]: map({ source: random.oneIn(2) ? layer() : map({ targetRevision: text(`1.${number}.0`) }) }) },
  });
  const region: Value = text({ dimension: 'region', upper: false });
  const source = map({
    repoURL: text('https://charts.example.com'),
    chart: text(name),
    targetRevision: text('1.0.0'),
    helm: map({ valuesObject: map({ size: scalar(1), region, list: list(text('a'), text('b')) }) }),
  });
  return {
    name,
    apps: [{ name, kind: 'Application', base: map({ destination: map({ namespace: text(name) }), source }) }],
    overrides: random.some(all, 3).map((path) => ({ path, layers: { [name]: map({ source: layer() }) } })),
    patches: [1, 2].slice(0, random.int(0, 2)).map(patch),
  };
}

/** Paths that cover the beginning of the sequence, some coarser and some finer: a patch without a gap. */
function begun(random: Random, all: readonly string[], targets: readonly string[]): readonly string[] {
  const covered = targets.slice(0, random.int(1, targets.length));
  const chosen: string[] = [];
  for (const path of all) {
    if (chosen.some((above) => isBelow(path, above))) continue;
    const below = targets.filter((target) => isBelow(target, path));
    if (below.every((target) => covered.includes(target)) && (random.oneIn(2) || targets.includes(path))) chosen.push(path);
  }
  return chosen;
}

/** Comments above and behind every line that is no patch's, each with a number of its own. */
function commented(content: string, form: Form, file: number): string {
  if (/(^|\n)metadata:/.test(content)) return content;
  const mark = form === 'yaml' ? '#' : '//';
  const lines = content.trimEnd().split('\n');
  return lines
    .flatMap((line, index) => {
      const isInside = /^ {2}\S/.test(line) && !/^ {2}patches:/.test(line);
      const indent = /^ */.exec(line)?.[0] ?? '';
      return isInside ? [`${indent}${mark} keep ${file}-${index}`, `${line} ${mark} keep ${file}-${index}b`] : [line];
    })
    .join('\n')
    .concat(`\n${mark} keep ${file}-end\n`);
}

/** The comments that somebody wrote to stay, sorted. */
export function keptComments(files: Files): readonly string[] {
  return Object.values(files)
    .flatMap((content) => content.match(/keep \d+-\w+/g) ?? [])
    .sort();
}

/** Where each patch sits, read from the files alone: `web patch-001` to its paths. */
export function placesOf(form: Form, files: Files): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const [path, content] of Object.entries(files)) {
    const [, type, app = '', below = ''] = /^(\w+)\/(\w+)(?:\.ts|\/(.+)\.yaml)$/.exec(path) ?? [];
    if (type !== clusterType) continue;
    if (form === 'typescript') {
      for (const [, patch = '', list = ''] of content.matchAll(/["']?(patch-\d+)["']?:\s*\{[^{}]*?rolledOutTo:\s*\[([^\]]*)\]/g)) {
        places.set(
          `${app} ${patch}`,
          [...list.matchAll(/["']([^"']+)["']/g)].map(([, place = '']) => place),
        );
      }
    } else if (/\/patch-\d+$/.test(below)) {
      const at = below.slice(0, below.lastIndexOf('/'));
      const key = `${app} ${below.slice(at.length + 1)}`;
      places.set(key, [...(places.get(key) ?? []), at]);
    }
  }
  return places;
}

/** The nodes that nothing may enter without an approval. */
export function manualNodes(nodes: readonly ModelNode[], above = ''): readonly string[] {
  return nodes.flatMap(({ name, promotion, children }) => [
    ...(promotion === 'manual' ? [`${above}${name}`] : []),
    ...manualNodes(children, `${above}${name}/`),
  ]);
}

/** Whether a target is not covered that stands before one that is. */
export function hasGap(targets: readonly string[], covered: ReadonlySet<string>): boolean {
  const last = targets.findLastIndex((target) => covered.has(target));
  return targets.slice(0, last).some((target) => !covered.has(target));
}
