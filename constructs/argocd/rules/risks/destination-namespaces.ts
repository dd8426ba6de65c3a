import { silenceHint } from '../../../../layers/silenced';
import { type SpecAt, specsOf } from '../../application-specs';
import { isMap, type ManifestRule, type Remark } from '../../manifest-rule';
import { isSaid } from '../../unset-fields';

/**
 * A destination without a namespace, where something of it will be missed: a chart's objects seldom name theirs, and what has
 * none is refused or lands in `default`; and `CreateNamespace` creates none. Plain manifests may well name their own.
 */
export const destinationNamespaces: ManifestRule = ({ written }) => {
  const { spec: own } = written;
  // What a template leaves out, its patch or a generator may say.
  const isOpen = isMap(own) && (isSaid(own.templatePatch) || specsOf(written).some(({ role }) => role === 'override'));
  return specsOf(written).flatMap((at): readonly Remark[] => {
    const { spec, path, role } = at;
    if (role === 'override' || (role === 'template' && isOpen)) return [];
    const { destination } = spec;
    // Without a cluster there is another mistake, or somebody else who says it.
    if (!isMap(destination) || isSaid(destination.namespace) || (!isSaid(destination.name) && !isSaid(destination.server))) return [];
    if (!isMissed(at)) return [];
    const visible = [...path.slice(1), 'destination', 'namespace'].join('.');
    return [
      {
        code: 'no-namespace',
        severity: 'warning',
        path: [...path, 'destination'],
        // The same wherever it is missed: targets may differ in what misses it.
        message: 'the destination has no namespace: objects of a Helm chart seldom name theirs, and `CreateNamespace=true` has none to create',
        expected: `\`${visible}\``,
        hint: silenceHint('no-namespace', visible, 'write the namespace'),
        isOwn: true,
        key: visible,
      },
    ];
  });
};

function isMissed({ spec, sources }: SpecAt): boolean {
  const { syncOptions } = isMap(spec.syncPolicy) ? spec.syncPolicy : {};
  const isMade = Array.isArray(syncOptions) && syncOptions.includes('CreateNamespace=true');
  return isMade || sources.some(({ source }) => isSaid(source.chart) || isSaid(source.helm));
}
