import { isAtOrBelow } from '../../layers/hierarchy';
import type { Plain } from '../../layers/layer';
import { collapser } from '../../layers/path-set';
import { compare } from '../../layers/problem';
import { baseLayer } from '../../layers/record';
import type { AppContents, FleetContents } from '../contents/contents';
import type { Content } from '../state';
import type { AskedValue } from './asked-value';

/** What an app says at some targets. */
export interface Cell {
  /** @default - it says nothing of it */
  readonly value?: Plain;
  /** Those that say so, sorted, as records name them. @default - nobody recorded it, or none says anything */
  readonly layers: readonly string[];
}

/** What an app says, with all targets at which it says that. */
export interface PlacedCell extends Cell {
  /** In sequence. */
  readonly targets: readonly string[];
  /** The fewest dimension paths that stand for them and for no other; `*` for all of the cluster type. */
  readonly paths: readonly string[];
}

/** An app, and what it says wherever it is rendered. */
export interface AppVersions {
  readonly clusterType: string;
  readonly app: string;
  /** In sequence of their first targets; none where it is rendered nowhere. */
  readonly cells: readonly PlacedCell[];
}

/** What runs where. */
export interface Versions {
  /** Of what: `HEAD (1a2b3c4)`, `the configuration`. */
  readonly of: string;
  readonly topology: FleetContents['topology'];
  /** @default - the version of each app */
  readonly field?: string;
  /** A node or a target outside of which nothing is looked at. @default - everything is */
  readonly below?: string;
  /** Those that are looked at, of each cluster type, in sequence. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** In the order of cluster types and names. */
  readonly apps: readonly AppVersions[];
}

export interface VersionsOptions {
  readonly field?: string;
  /** A node or a target: nothing outside of it is looked at. */
  readonly below?: string;
}

/** What the apps of a fleet say of one thing, everywhere. */
export function versionsOf(contents: FleetContents, asked: AskedValue, { field, below }: VersionsOptions = {}): Versions {
  const isBelow = (target: string) => below === undefined || isAtOrBelow(target, below);
  const shown = new Set(contents.apps.map(({ clusterType }) => clusterType));
  const targets = new Map([...contents.targets].flatMap(([name, all]) => (shown.has(name) ? [[name, all.filter(isBelow)] as const] : [])));
  const collapsers = new Map([...contents.targets].map(([name, all]) => [name, collapser(all)]));
  const apps = contents.apps.map((app): AppVersions => {
    const collapse = collapsers.get(app.clusterType) ?? collapser(app.targets);
    const cells = cellsOf(app, asked, app.targets.filter(isBelow)).map(({ cell, at }) => ({ ...cell, targets: at, paths: collapse(at) }));
    return { clusterType: app.clusterType, app: app.app, cells };
  });
  return {
    of: contents.name,
    topology: contents.topology,
    ...(field === undefined ? {} : { field }),
    ...(below === undefined ? {} : { below }),
    targets,
    apps,
  };
}

function cellsOf(app: AppContents, asked: AskedValue, targets: readonly string[]): readonly { readonly cell: Cell; readonly at: string[] }[] {
  const known = new Map<Content, ReturnType<AskedValue['of']> & { readonly key: string }>();
  const cells = new Map<string, { readonly cell: Cell; readonly at: string[] }>();
  for (const target of targets) {
    const content = app.contentAt(target);
    let said = known.get(content);
    if (!said) {
      const { value, fields } = asked.of(content);
      said = { ...(value === undefined ? {} : { value }), fields, key: JSON.stringify(value) ?? '' };
      known.set(content, said);
    }
    const { value, fields } = said;
    const layers = [...new Set(fields.map((keys) => app.layerOf(keys, target)))].filter((layer): layer is string => layer !== undefined).sort(compare);
    const key = `${said.key}\n${layers.join('\n')}`;
    const cell = cells.get(key);
    if (cell) cell.at.push(target);
    // Of what no layer says anything of, the base is not the cause.
    else if (value === undefined) cells.set(key, { cell: { layers: layers.filter((layer) => layer !== baseLayer) }, at: [target] });
    else cells.set(key, { cell: { value, layers }, at: [target] });
  }
  return [...cells.values()];
}

/** The name of the patch that a layer is, as records name it. @returns `undefined` where it is none */
export function patchOf(layer: string): string | undefined {
  const end = layer.lastIndexOf(' ');
  return end < 0 || isOverride(layer) ? undefined : layer.slice(0, end);
}

export function isOverride(layer: string): boolean {
  return layer.startsWith('override ');
}
