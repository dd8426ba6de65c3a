import type { Fields } from '../../../changes/fields';
import { fieldsOf, isUnsaid } from '../../../changes/fields';
import { withValuesTexts } from '../../../changes/said-at';
import type { Content } from '../../../changes/state';
import { type AnyFleet, type AppValues, type FleetValues, fleetValuesOf, HubFleet } from '../../../constructs';
import { finishedManifest, writtenManifest } from '../../../constructs/argocd/manifest';
import { isHydrated } from '../../../constructs/argocd/rules/own-fields/hydrate';
import { rootsOf } from '../../../constructs/resolve/model';
import type { Place } from '../../../layers/config-files';
import { type LayerSource, layerLabel, type Plain, unset } from '../../../layers/layer';
import { type Branch, type Hidden, Leaf } from '../../../layers/node';
import { compare } from '../../../layers/problem';
import { fieldKeys, fieldText, membersName, releasesName } from '../../../layers/record';
import { mapStrings, showTokens } from '../../../layers/text/token';
import { locate } from '../../../store/read/locate';
import type { LayerPlace } from '../changes/change-places';
import { findOneApp } from '../find-apps';
import { nodePaths } from '../node-paths';
import { configState } from '../state/config-state';
import { type AppTarget, appFields } from './app-fields';
import type { ExplainedField } from './explanation';
import { findFields } from './find-fields';
import { findTarget } from './find-target-path';
import { tryReleasedSayer } from './released-field';

/** What was asked on the command line. */
export interface ExplainRequest {
  readonly target: string;
  readonly app: string;
  readonly field?: string;
}

/** What an app says at a target, before anybody looks at commits. */
export interface Explained extends AppTarget {
  readonly at?: string;
  readonly fields: readonly ExplainedField[];
  /** As it is rendered. @default - it is not */
  readonly rendered: Fields | undefined;
  /** Whether it is no app but says what others are. @default false */
  readonly isOfOthers?: boolean;
}

/** A value and its layers. */
interface Said {
  readonly keys: readonly string[];
  readonly value: Hidden['value'];
  readonly source: LayerSource;
  readonly hid: readonly Hidden[];
  /** Where the layers say it. @default - at its own keys */
  readonly place?: readonly string[];
}

/** Explains what the configuration says now. @throws FleetError where nothing is called so */
export function explainNow(fleet: AnyFleet, asked: ExplainRequest): Explained {
  const drafts = fleet instanceof HubFleet ? fleet.synth().values : fleetValuesOf(fleet);
  const { clusterTypes } = drafts;
  const targets = [...new Set(clusterTypes.flatMap((clusterType) => drafts.targetsOf(clusterType).map(({ path }) => path)))];
  const path = findTarget(nodePaths(fleet), targets, asked.target);
  const there = clusterTypes.filter((clusterType) => drafts.targetsOf(clusterType).some((target) => target.path === path));
  const known = there.flatMap((clusterType) => drafts.appsOf(clusterType).map(({ name }) => ({ clusterType, app: name })));
  const { clusterType, app: name } = findOneApp(known, asked.app, { isHub: fleet instanceof HubFleet, place: ` at ${path}` });
  const values = isRoot(fleet, clusterType, name) ? (fleet as Exclude<AnyFleet, HubFleet>).outline().values : drafts;
  const app = values.tryFindApp(clusterType, name) as AppValues;
  const target = values.findTarget(clusterType, path);
  const at = { clusterType, app: name, target: path };
  const rendered = renderedFields(fleet, values, app, at);
  const own = [...saidIn(app.valuesAt(target))];
  const said = fleet instanceof HubFleet && rendered ? [...own, ...saidByRelease(fleet, { values, at, own, rendered })] : own;
  const names = new Set(
    findFields(
      said.map(({ keys }) => fieldText(keys)),
      asked.field,
    ),
  );
  const shown = said.filter(({ keys }) => names.has(fieldText(keys))).sort((a, b) => compare(fieldText(a.keys), fieldText(b.keys)));
  return { ...at, fields: placed(shown), rendered, isOfOthers: fleet instanceof HubFleet && (clusterType === membersName || name === releasesName) };
}

interface RenderedComponent {
  readonly values: FleetValues;
  readonly at: AppTarget;
  readonly own: readonly Said[];
  readonly rendered: Fields;
}

/** Layers of a component say whether it is deployed, and what its chart is given; the rest it says once, or its release does. */
function saidByRelease(fleet: HubFleet, { values, at, own, rendered }: RenderedComponent): readonly Said[] {
  const sayer = tryReleasedSayer(fleet, values, at);
  if (!sayer) return [];
  const known = own.map(({ keys }) => fieldText(keys));
  const isKnown = (field: string) => known.some((one) => field === one || field.startsWith(`${one}.`)) || isUnsaid(field);
  return [...rendered].flatMap(([field, value]): readonly Said[] => {
    const keys = fieldKeys(field);
    return !keys || isKnown(field) ? [] : [{ keys, value, ...sayer(keys) }];
  });
}

/** Roots inject what others use: that is known once everything is rendered. */
function isRoot(fleet: AnyFleet, clusterType: string, name: string): boolean {
  return !(fleet instanceof HubFleet) && rootsOf(fleet).some((root) => root.name === name && root.clusterType.name === clusterType);
}

function renderedFields(fleet: AnyFleet, values: FleetValues, app: AppValues, at: AppTarget): Fields | undefined {
  if (fleet instanceof HubFleet) return appFields(configState(fleet.synth()), at);
  const target = values.findTarget(at.clusterType, at.target);
  if (!app.isEnabledAt(target)) return undefined;
  const said = app.valuesAt(target);
  const manifest = finishedManifest(writtenManifest(app.kind, app.name, said));
  const fields = withValuesTexts(fieldsOf(mapStrings(manifest as unknown as Content, showTokens)));
  // Where its charts are opened, Git has their objects, and of their sources which charts they are.
  const isInGit = (field: string) => !/^sources?\./.test(field) || /\.(chart|path|repoURL|targetRevision)$/.test(field);
  return isHydrated(said) ? new Map([...fields].filter(([field]) => isInGit(field))) : fields;
}

/** Every scalar, list and empty map, and what was unset though others set it. */
function* saidIn(branch: Branch, above: readonly string[] = [], hid: readonly Hidden[] = []): Generator<Said> {
  for (const [key, node] of Object.entries(branch.children)) {
    const keys = [...above, key];
    const hidden = [...node.hid, ...hid];
    if (node instanceof Leaf) {
      if (node.value !== unset || hidden.length > 0) yield { keys, value: node.value, source: node.source, hid: hidden };
      continue;
    }
    if (node.keys.length === 0) yield { keys, value: {}, source: node.source, hid: hidden };
    yield* saidIn(node, keys, hidden);
  }
}

/** With the lines of the files: each is parsed once. */
function placed(all: readonly Said[]): readonly ExplainedField[] {
  const layers = all.flatMap(({ keys, source, hid, place = keys }) => [source, ...hid.map((one) => one.source)].map((one) => ({ source: one, place })));
  const files = layers.flatMap(({ source, place }): readonly Place[] =>
    source.file === undefined ? [] : [{ file: source.copy ?? source.file, place: [...source.place, ...place] }],
  );
  const located = locate(files) as readonly (Place & { readonly line?: number })[];
  let next = 0;
  const placeOf = (source: LayerSource): LayerPlace => {
    if (source.file === undefined) return { layer: layerLabel(source) };
    const { file, line } = located[next] as Place & { readonly line?: number };
    next += 1;
    return { layer: layerLabel(source), file, ...(line === undefined ? {} : { line }) };
  };
  return all.map(({ keys, value: said, source: own, hid }) => ({
    field: fieldText(keys),
    ...saying(said),
    layer: placeOf(own),
    hid: hid.map(({ source, value }) => ({ ...saying(value), layer: placeOf(source) })),
  }));
}

function saying(value: Hidden['value']): { readonly value?: Plain } {
  return value === unset ? {} : { value: mapStrings(value as Plain, showTokens) };
}
