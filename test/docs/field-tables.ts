import { appFields, appShape, clusterTypeShape, rootShape } from '../../layers/shape/app-shape';
import { repositoryShape, secretShape } from '../../layers/shape/credential-shape';
import { argoCDShape, commandShape, prometheusShape } from '../../layers/shape/evidence-shape';
import { exemptionShape } from '../../layers/shape/exemption-shape';
import { fleetShape, hubFleetShape, outermostNodes } from '../../layers/shape/fleet-shape';
import { componentShape, groupShape, releasesShape } from '../../layers/shape/group-shape';
import { memberLayerShape, memberShape } from '../../layers/shape/member-shape';
import { ruleShape } from '../../layers/shape/rule-shape';
import { type Field, only, type Shape, without } from '../../layers/shape/shape';

/** A table of a document that a shape fills. */
export interface FieldTable {
  readonly document: string;
  /** The heading that it is the first such table below. */
  readonly heading: string;
  readonly columns: Readonly<Record<string, (key: string, field: Field) => string>>;
  readonly shape: Shape;
}

/** The name of a row, as it is written; a shape has keys in it, and sometimes what is more than a key. */
const name = (key: string) => (key.includes('`') ? key : `\`${key}\``);
const otherwise = (_: string, field: Field) => field.default ?? 'none';
const columns = { field: name, meaning: (_: string, field: Field) => field.about, default: otherwise };
const word = (isSo: true | undefined) => (isSo ? 'yes' : 'no');

/** What is said of many things, last. */
const about = ['overrides', 'patches', 'description', 'owners'] as const;

export const fieldTables: readonly FieldTable[] = [
  {
    document: 'docs/configuration.md',
    heading: '## The fleet: `config/fleet.ts`',
    columns,
    shape: { ...fleetShape, '`environments`, …': outermostNodes },
  },
  { document: 'docs/configuration.md', heading: '## Exemptions: `config/exemptions.ts`', columns, shape: exemptionShape },
  { document: 'docs/evidence.md', heading: '### Argo CD', columns, shape: argoCDShape },
  { document: 'docs/evidence.md', heading: '### Prometheus', columns, shape: prometheusShape },
  { document: 'docs/evidence.md', heading: '### A command', columns, shape: without(commandShape, 'run') },
  { document: 'docs/own-rules.md', heading: '## What a rule is', columns, shape: ruleShape },
  { document: 'docs/configuration.md', heading: '## A cluster type: `config/{cluster type}/defaults.ts`', columns, shape: clusterTypeShape },
  {
    document: 'docs/configuration.md',
    heading: '## An app: `config/{cluster type}/{app}.ts`',
    columns,
    shape: {
      ...only(appShape, 'kind'),
      "every field of the kind's `spec`": {
        is: 'map',
        about: 'as Argo CD 3.6 spells it: `source`, `destination`, `syncPolicy`, …; `generators`, `template`, …',
        default: 'as Argo CD has it',
      },
      sources: {
        is: 'list',
        about: "of the `spec` too: a list, or a map by name, which is merged as a map and rendered as Argo CD's named list in key order",
      },
      ...appFields,
      ...without(appShape, 'kind'),
    },
  },
  {
    document: 'docs/bootstrap.md',
    heading: '## The root of a cluster type',
    columns: { setting: name, meaning: columns.meaning, default: otherwise },
    shape: rootShape,
  },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '## The fleet: `fleet.ts`',
    columns,
    shape: without(hubFleetShape, 'topology', 'tenants', ...(Object.keys(fleetShape) as (keyof typeof hubFleetShape)[])),
  },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '## A hub, a spoke: `hubs/`, `spokes/`',
    columns: { field: name, meaning: columns.meaning },
    shape: only(memberShape, 'groups', 'components'),
  },
  { document: 'docs/hub-spoke/configuration.md', heading: '## What clusters have in common: `members/settings.ts`', columns, shape: memberLayerShape },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '## Credentials of repositories',
    columns,
    shape: without(repositoryShape, 'url', 'scope'),
  },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '## Names and places in the secret manager',
    columns,
    shape: without(secretShape, 'secret'),
  },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '## A group: `{group}/defaults.ts`, `{group}/releases.ts`',
    columns: { 'in `defaults.ts`': name, meaning: columns.meaning, default: otherwise },
    shape: groupShape,
  },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '`releases.ts` names sets of versions.',
    columns: { 'in `releases.ts`': name, meaning: columns.meaning, default: otherwise },
    shape: releasesShape,
  },
  {
    document: 'docs/hub-spoke/configuration.md',
    heading: '## A component: `{group}/{component}.ts`',
    columns: {
      ...columns,
      layered: (_, { layered, released }) => word(layered ?? released),
      'in a release': (_, { released }) => word(released),
    },
    shape: { ...only(componentShape, 'enabled', 'values'), ...without(componentShape, ...about), ...only(componentShape, ...about) },
  },
];

/** The table as its document has it: cells padded, so that it can be read as text. */
export function tableText({ columns: all, document, shape }: FieldTable): string {
  const cells = Object.entries(shape).map(([key, field]) => Object.values(all).map((cell) => linkedFrom(document, cell(key, field))));
  const rows = [Object.keys(all), ...cells];
  const widths = Object.keys(all).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [head = '', ...body] = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}

/** Where the table stands in its document's text. */
export function placeOfTable({ heading, columns: all }: FieldTable, text: string): { readonly start: number; readonly end: number } | undefined {
  const from = text.indexOf(heading);
  const head = new RegExp(`^\\| ${Object.keys(all).map(escaped).join(' +\\| ')} +\\|\n(\\|.*\\|\n)+`, 'm').exec(text.slice(from));
  return from < 0 || !head ? undefined : { start: from + head.index, end: from + head.index + head[0].length - 1 };
}

/** Shapes say links from the top of the repository. */
function linkedFrom(document: string, text: string): string {
  return text.replace(/\]\(docs\/([^)]+)\)/g, (_, to: string) => `](${'../'.repeat(document.split('/').length - 2)}${to})`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
