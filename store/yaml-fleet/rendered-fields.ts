import { isMap } from '../../layers/plain-data';
import { printNumber } from '../expressions/printed';
import type { Section } from './yaml-fleet';

/**
 * What becomes of a field: `always` is rendered as it is; `filled` only where it is not empty (Helm's `with`); `quoted` is a
 * map whose values become text; `never` was not rendered at all. A map says so of the fields below it.
 */
export type Fate = 'always' | 'filled' | 'quoted' | 'never' | Fates;

export interface Fates {
  readonly [field: string]: Fate;
}

const metadata: Fates = { namespace: 'filled', finalizers: 'filled', additionalAnnotations: 'quoted', additionalLabels: 'filled' };

const spec: Fates = {
  project: 'always',
  source: 'filled',
  sources: 'filled',
  destination: 'always',
  syncPolicy: 'filled',
  ignoreDifferences: 'filled',
  info: 'filled',
  sourceHydrator: 'never',
};

/**
 * What generators of this layout make of the fields of Argo CD: they put the merged values through the templates of
 * argo-helm's chart `argocd-apps` (github.com/argoproj/argo-helm/tree/main/charts/argocd-apps/templates). What a fleet says
 * beyond that was never deployed, however long it has stood there: a finalizer would now delete what it left alone.
 * Fields that are not here are no fields of Argo CD.
 */
export const rendered: Readonly<Record<Section, Fates>> = {
  applications: { ...metadata, ...spec, revisionHistoryLimit: 'filled' },
  applicationsets: {
    ...metadata,
    project: 'never',
    goTemplate: 'always',
    goTemplateOptions: 'never',
    generators: 'always',
    ignoreApplicationDifferences: 'filled',
    strategy: 'filled',
    syncPolicy: 'filled',
    preservedFields: 'never',
    applyNestedSelectors: 'never',
    template: {
      metadata: { name: 'always', namespace: 'filled', annotations: 'quoted', labels: 'filled', finalizers: 'never' },
      spec: { ...spec, revisionHistoryLimit: 'never' },
    },
    templatePatch: 'filled',
  },
  // Such generators rendered none: all of it is new.
  appprojects: metadata,
};

/** What becomes of a field with a value. */
export type Outcome = 'kept' | 'dropped' | 'removed' | 'quoted' | Fates;

/**
 * @param fate  `undefined` for a field that nothing is known of
 * @param value as it is written
 * @returns `dropped` for what says nothing; `removed` where it takes away what a broader layer says, so that nothing is left to render
 */
export function outcomeOf(fate: Fate | undefined, value: unknown): Outcome {
  if (fate === undefined || fate === 'always') return 'kept';
  if (fate === 'never') return 'dropped';
  // Argo CD needs the maps of a template, and `generators`: where they are empty, that is another mistake, or none.
  if (typeof fate === 'object') return isMap(value) ? fate : 'kept';
  // A map is merged: an empty one takes nothing away.
  if (isMap(value) && Object.keys(value).length === 0) return 'dropped';
  if (isEmpty(value)) return 'removed';
  return fate === 'quoted' && isMap(value) ? fate : 'kept';
}

/** What Helm's `with` and `if` take for nothing; null has a meaning of its own. */
function isEmpty(value: unknown): boolean {
  return value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

/** A value of an annotation as the templates' `quote` prints it; what they cannot print stays what it is. */
export function quoted(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? printNumber(value) : value;
}
