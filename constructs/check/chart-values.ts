import type { Construct } from 'constructs';
import { isFolder } from '../../layers/charts/chart-id';
import type { KnownChart, KnownCharts } from '../../layers/charts/known-charts';
import { type UnknownValue, unknownValues } from '../../layers/charts/unknown-values';
import type { ValueShape } from '../../layers/charts/value-shape';
import { type LayerSource, layerLabel, type Plain } from '../../layers/layer';
import { type Problem, Problems } from '../../layers/problem';
import { silenceHint } from '../../layers/silenced';
import { asksFor, nearest } from '../../layers/text/nearest';
import { judgeRemark, reasonFor } from '../argocd/judge-remark';
import type { ChartUse } from '../resolve/chart-uses';
import type { Silencing } from '../tree/silences';
import { isOfCharts, unusedAt } from './layers/unused-silences';

/**
 * Values that a chart does not know in the version that a target gets, or would get from a patch in flight; and versions of
 * imported charts that were not imported. A chart that nobody imported is nobody's business here.
 *
 * @param told what was found without charts: a key that a broader layer spells otherwise is one mistake, and told there
 */
export function chartValueProblems(uses: Iterable<ChartUse>, charts: KnownCharts, told: readonly Problem[]): readonly Problem[] {
  const problems = new Problems();
  const unknown = new UnknownValues();
  const scopes = new Set<Construct & Silencing>();
  for (const use of uses) {
    const known = charts.tryFind(use.id);
    const target = `${use.clusterType}/${use.path}`;
    const found = known
      ? unknown
          .of(use.values, known.shape)
          .filter((value) => !isMeantSo(use, known, value))
          .map((value) => judged(use, value, unknownValue(use, known, value, charts)))
      : notImported(use, charts);
    problems.addAll(found.map((problem) => ({ ...problem, app: use.app, target })));
    if (!known) continue;
    for (const scope of [use.construct, ...(use.construct.group ? [use.construct.group] : []), use.construct.clusterType]) scopes.add(scope);
  }
  for (const scope of scopes) problems.addAll(scope.silence.unused.filter(isOfCharts).map((finding) => unusedAt(scope, 'silence', finding)));
  const misspelt = new Set(told.flatMap((problem) => (problem.code === 'value-key' ? [placeKey(problem)] : [])));
  return problems.sorted().filter((problem) => problem.code !== 'chart-value' || !misspelt.has(placeKey(problem)));
}

function placeKey({ app, file, place = [] }: Problem): string {
  return [app, file, ...place].join('\u0000');
}

/** Where a chart only shows what it knows, whoever says why a key is spelt otherwise than in a broader layer knows better. */
function isMeantSo({ construct, at }: ChartUse, { hasSchema }: KnownChart, { path }: UnknownValue): boolean {
  return !hasSchema && reasonFor(construct, 'value-key', [...at, ...path].join('.')) !== undefined;
}

/** What the app says is meant so. */
function judged({ construct, at }: ChartUse, { path }: UnknownValue, { file, place, hint, ...found }: Problem): Problem {
  const key = [...at, ...path].join('.');
  return { ...judgeRemark(construct, { ...found, hint: silenceHint('chart-value', key, hint), path: [], key }), file, place };
}

/** Targets with the same layers have the same values: these are looked at once. */
class UnknownValues {
  readonly #known = new WeakMap<object, Map<ValueShape, readonly UnknownValue[]>>();

  of(values: Plain | undefined, shape: ValueShape): readonly UnknownValue[] {
    if (typeof values !== 'object' || values === null) return [];
    const byShape = this.#known.get(values) ?? new Map<ValueShape, readonly UnknownValue[]>();
    this.#known.set(values, byShape);
    const found = byShape.get(shape) ?? unknownValues(values, shape);
    byShape.set(shape, found);
    return found;
  }
}

function notImported({ id, versionSource, versionAt, file }: ChartUse, charts: KnownCharts): readonly Problem[] {
  if (isFolder(id) || charts.versionsOf(id.chart).length === 0) return [];
  return [
    {
      code: 'chart-missing',
      severity: 'notice',
      message: `${id.chart} ${id.version} was not imported, so nobody looks at its values`,
      ...placeOf(versionSource, versionAt),
      found: `imported: ${charts
        .versionsOf(id.chart)
        .map(({ version }) => version)
        .join(', ')}`,
      hint: `run \`npx fleet import ${file}\``,
    },
  ];
}

function unknownValue(
  { id, at, sourceOf, versionSource, versionAt }: ChartUse,
  known: KnownChart,
  { path, known: keys }: UnknownValue,
  charts: KnownCharts,
): Problem {
  const elsewhere = charts.versionsOf(known.chart).filter(({ version, shape }) => version !== known.version && isKnown(path, shape));
  const source = sourceOf(path);
  const name = path.join('.');
  const near = nearest(path.at(-1) ?? '', keys);
  const verb = elsewhere.length > 0 ? 'no longer knows' : 'does not know';
  const said = { code: 'chart-value', severity: elsewhere.length > 0 || known.hasSchema || isFolder(id) ? 'warning' : 'notice' } as const;
  const knownBy = elsewhere.length > 0 ? [`known to ${elsewhere.map(({ version }) => version).join(', ')}`] : [];
  const guess = known.hasSchema ? [] : ['it has no schema: what it knows is what its values.yaml shows'];
  const meant = near === undefined ? [] : [asksFor([...path.slice(0, -1), near].join('.'))];
  // What no version knew is no matter of the patch; nor is a folder, which is read as it is now whatever revision is named.
  const isMoved = versionSource.kind === 'patch' && !isSame(source, versionSource) && elsewhere.length > 0 && !isFolder(id);
  if (!isMoved) {
    const hint = sentence([...meant, ...guess]) || 'leave it out';
    // Told once, and not of each version.
    const isOfAll = elsewhere.length === 0 && charts.versionsOf(known.chart).length > 1;
    const message = isOfAll
      ? `${known.chart} does not know the value '${name}', in no version that was imported`
      : `${known.chart} ${known.version} ${verb} the value '${name}'`;
    return { ...said, message, ...placeOf(source, [...at, ...path]), ...foundOf(knownBy), hint };
  }
  // What the version needs is the patch's to say, for before it the value is right.
  return {
    ...said,
    message: `'${versionSource.name}' moves ${known.chart} to ${known.version}, which no longer knows the value '${name}'`,
    ...placeOf(versionSource, versionAt),
    ...foundOf([`set by ${layerLabel(source)}`, ...knownBy]),
    hint: sentence([...meant, ...guess, `where it is gone, ${versionAt.at(-1) === 'release' ? 'a patch of the component' : 'the patch'} can say \`unset\``]),
  };
}

function sentence(parts: readonly string[]): string {
  return parts.join('; ').replaceAll('?; ', '? ');
}

function foundOf(parts: readonly string[]): Pick<Problem, 'found'> {
  return parts.length === 0 ? {} : { found: parts.join('; ') };
}

function isSame(one: LayerSource, other: LayerSource): boolean {
  return one.kind === other.kind && one.name === other.name;
}

/** Whether a chart takes a value at a path of keys. */
function isKnown(path: readonly string[], shape: ValueShape): boolean {
  let at: ValueShape | undefined = shape;
  for (const key of path) {
    if (!at || at.isAny) return at !== undefined;
    at = at.items && /^\d+$/.test(key) ? at.items : (at.keys?.get(key) ?? at.rest);
  }
  return at !== undefined;
}

function placeOf({ file, place }: LayerSource, keys: readonly string[]): Pick<Problem, 'file' | 'place'> {
  return { ...(file === undefined ? {} : { file }), place: [...place, ...keys] };
}
