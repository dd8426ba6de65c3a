import { judge, type Verdict } from '../../../changes/judge/judge';
import type { Past } from '../../../changes/judge/past';
import type { Rule } from '../../../changes/judge/rule';
import { ownRules } from '../../../changes/judge/rules';
import { Side } from '../../../changes/judge/side';
import { statementsIn } from '../../../changes/judge/statements';
import type { Content, State, StateFile } from '../../../changes/state';
import { isAtOrBelow, pathsTo } from '../../../layers/hierarchy';
import type { Law } from '../../../layers/law/law';
import type { Plain } from '../../../layers/layer';
import type { LayerReader } from '../../../layers/record';

/** A value of a layer: of every target the same, or of each its own. */
export type SmallValue = Plain | ((target: string) => Plain);

export type SmallFields = { readonly [field: string]: SmallValue };

/** An app as its layers are written. `enabled` is a field like the others. */
export interface SmallApp {
  readonly base: SmallFields;
  readonly overrides?: { readonly [path: string]: SmallFields };
  readonly patches?: { readonly [name: string]: { readonly at: readonly string[]; readonly set: SmallFields } };
}

/** A fleet with one cluster type that is not rendered by the engine, but by the few lines below: what is judged is judged against them. */
export interface SmallFleet {
  readonly sequence: readonly string[];
  readonly apps: { readonly [app: string]: SmallApp };
  readonly law?: Partial<Law>;
}

export const smallType = 'type';

/** A layer of an app at a target, from the weakest to the strongest. */
export interface SmallLayer {
  readonly label: string;
  readonly set: SmallFields;
}

/** The layers that reach a target: the base, then path by path an override and the patches in their order. */
export function layersAt({ base, overrides = {}, patches = {} }: SmallApp, target: string): readonly SmallLayer[] {
  const names = Object.keys(patches).sort();
  return [
    { label: 'base', set: base },
    ...pathsTo(target).flatMap((path) => [
      ...(overrides[path] ? [{ label: `override ${path}`, set: overrides[path] as SmallFields }] : []),
      ...names.flatMap((name) => (patches[name]?.at.includes(path) ? [{ label: `${name} ${path}`, set: patches[name]?.set as SmallFields }] : [])),
    ]),
  ];
}

/** What an app says at a target; `undefined` where it is not deployed. */
export function saidAt(app: SmallApp, target: string): Readonly<Record<string, Plain>> | undefined {
  const said: Record<string, Plain> = {};
  for (const { set } of layersAt(app, target)) {
    for (const [field, value] of Object.entries(set)) said[field] = typeof value === 'function' ? value(target) : value;
  }
  const { enabled = true, ...fields } = said;
  return enabled === true ? fields : undefined;
}

function winner(app: SmallApp, target: string, field: string): string {
  return layersAt(app, target).findLast(({ set }) => Object.hasOwn(set, field))?.label ?? 'base';
}

export function smallState({ sequence, apps, law }: SmallFleet, name = 'a state'): State {
  const contents = new Map<string, Content>();
  const files = Object.entries(apps).flatMap(([app, layers]) =>
    sequence.flatMap((target): readonly StateFile[] => {
      const said = saidAt(layers, target);
      if (!said) return [];
      const { finalizers, namespace, ...spec } = said;
      const metadata = { name: app, ...(finalizers === undefined ? {} : { finalizers }), ...(namespace === undefined ? {} : { namespace }) };
      const content = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata, spec } as Content;
      const id = JSON.stringify(content);
      contents.set(id, content);
      return [{ clusterType: smallType, target, path: `templates/${app}.yaml`, id }];
    }),
  );
  return {
    name,
    fleet: { topology: 'dimensions', dimensions: ['environment', 'sector', 'region'], sequence, law: { nodes: [], exemptions: [], ...law } },
    targets: new Map([[smallType, sequence]]),
    files,
    records: Object.entries(apps).map(([app, layers]) => ({ clusterType: smallType, app, id: JSON.stringify(layers), read: () => readerOf(layers) })),
    read: (asked) => asked.map(({ id }) => contents.get(id) as Content),
  };
}

function readerOf(app: SmallApp): LayerReader {
  const layerOf = (field: string, target: string) => winner(app, target, field);
  return {
    fields: [],
    isRendered: (target) => saidAt(app, target) !== undefined,
    layerOf,
    layerIn: layerOf,
    patchAt: (patch) => app.patches?.[patch]?.at ?? [],
  };
}

/** States before a change, the newest first, with the hour since when each was there. */
export type SmallPast = readonly { readonly hour: number; readonly fleet: SmallFleet }[];

export const hour = 3_600_000;

export function smallPast(states: SmallPast): Past {
  const sides = states.map(({ hour: at, fleet }) => ({ time: at * hour, side: new Side(smallState(fleet)) }));
  return {
    prepare: () => {},
    contents: (item, target) => [
      ...sides.map(({ time, side }) => {
        const [fields] = side.fields(item, [target]).get(target) ?? [];
        return { time, ...(fields === undefined ? {} : { fields }) };
      }),
      { time: Number.NEGATIVE_INFINITY },
    ],
  };
}

export interface SmallRequest {
  readonly before: SmallFleet;
  readonly after: SmallFleet;
  /** @default - what is there before was there since hour 0 */
  readonly past?: SmallPast;
  readonly message?: string;
  /** @default 1000 */
  readonly atHour?: number;
  readonly rules?: readonly Rule[];
}

export function smallJudgement({
  before,
  after,
  past = [{ hour: 0, fleet: before }],
  message = '',
  atHour = 1000,
  rules = ownRules,
}: SmallRequest): readonly Verdict[] {
  return judge({
    before: smallState(before, 'before'),
    after: smallState(after, 'after'),
    laws: [],
    statements: statementsIn([message]).statements,
    evidence: statementsIn([message]).evidence,
    past: smallPast(past),
    now: atHour * hour,
    rules,
  });
}

/** What is refused, as `rule path: message`. */
export function refused(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.filter(({ kind }) => kind === 'refused').map(({ rule, path, message }) => `${rule} ${path}: ${message}`);
}

export function isBelow(target: string, path: string): boolean {
  return isAtOrBelow(target, path);
}
