import { type ChartId, isFolder } from '../../../layers/charts/chart-id';
import type { ChartInput } from '../../../layers/charts/chart-input';
import { leftClosed } from '../../../layers/charts/left-closed';
import type { Plain } from '../../../layers/layer';
import { hasToken, someString } from '../../../layers/text/token';
import { isMap, type Remark, type Spec } from '../../argocd/manifest-rule';

type Refusal = Pick<Remark, 'message' | 'hint' | 'path'>;

/** Of the fields of Kustomize those that Argo CD alone can read. */
const unread: readonly string[] = ['version', 'ignoreMissingComponents'];

const elsewhere = `${leftClosed}: Argo CD builds it then`;

/** Why Kustomize cannot be told here what Argo CD would tell it. */
export function kustomizeUntold(kustomize: Spec, id: ChartId): Refusal | undefined {
  if (!isFolder(id)) return { path: ['kustomize'], message: 'Kustomize builds folders, and this is no folder of this repository', hint: elsewhere };
  const at = (field: string, message: string): Refusal => ({ path: ['kustomize', field], message, hint: elsewhere });
  const field = Object.keys(kustomize).find((key) => unread.includes(key) && kustomize[key] !== false);
  if (field !== undefined) return at(field, `'${field}' is read by Argo CD alone`);
  const live = Object.keys(kustomize).find((key) => someString(kustomize[key] as Plain, hasToken));
  if (live !== undefined) return at(live, 'a folder of Kustomize that is told what only the cluster knows cannot be opened');
  const filled = ['images', 'commonLabels', ...(kustomize.commonAnnotationsEnvsubst === true ? ['commonAnnotations'] : [])];
  const variable = filled.find((key) => someString(kustomize[key] as Plain, (text) => text.includes('$')));
  return variable === undefined ? undefined : at(variable, `what '$' stands for in '${variable}' is known to Argo CD alone`);
}

/**
 * What Kustomize is told (argo-cd, util/kustomize, `Build`), where a folder may be one of its: where the source does not say that it
 * is a chart.
 */
export function kustomizeTold({ helm, kustomize, path, chart }: Spec): Pick<ChartInput, 'kustomize'> {
  if (isMap(kustomize))
    return { kustomize: { isSaid: true, edits: editsOf(kustomize), patches: listOf(kustomize.patches), components: texts(kustomize.components) } };
  const isOpen = helm === undefined && typeof path === 'string' && (chart === undefined || chart === '');
  return isOpen ? { kustomize: { edits: [], patches: [], components: [] } } : {};
}

/** In the order of Argo CD; what it reads of maps has none there. */
function editsOf(kustomize: Spec): readonly (readonly string[])[] {
  const { namePrefix, nameSuffix, images, replicas, commonLabels, commonAnnotations, namespace } = kustomize;
  const set = (field: string, value: unknown) => (typeof value === 'string' && value !== '' ? [['set', field, '--', value]] : []);
  const each = (words: readonly string[], args: readonly string[]) => (args.length > 0 ? [[...words, ...args]] : []);
  const pairs = (map: unknown) =>
    isMap(map)
      ? Object.keys(map)
          .sort()
          .map((name) => `${name}:${map[name]}`)
      : [];
  const flags = (of: Readonly<Record<string, string>>) => Object.keys(of).flatMap((field) => (kustomize[field] === true ? [of[field] as string] : []));
  const labelFlags = flags({ forceCommonLabels: '--force', labelWithoutSelector: '--without-selector', labelIncludeTemplates: '--include-templates' });
  return [
    ...set('nameprefix', namePrefix),
    ...set('namesuffix', nameSuffix),
    ...each(['set', 'image'], texts(images)),
    ...each(
      ['set', 'replicas'],
      listOf(replicas)
        .filter(isMap)
        .map(({ name, count }) => `${name}=${count}`),
    ),
    ...each(['add', 'label', ...labelFlags], pairs(commonLabels)),
    ...each(['add', 'annotation', ...flags({ forceCommonAnnotations: '--force' })], pairs(commonAnnotations)),
    ...set('namespace', namespace),
  ];
}

function listOf(value: unknown): readonly Plain[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return listOf(value).map(String);
}
