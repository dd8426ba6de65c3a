import type { Finding } from '../../../../layers/consequences';
import { silenced } from '../../../argocd/judge-remark';
import { remarksOn } from '../../../argocd/manifest-rules';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';
import { chartValues } from './value-types';

/** The rules of whatever becomes part of a manifest hold for values, too. */
export function* valueManifests({ component, values }: LayerSubject): Generator<PartRemark & Pick<Finding, 'severity'>> {
  const own = chartValues(values);
  if (!own) return;
  const written = { apiVersion: 'v1', kind: 'Values', metadata: { name: 'values' }, values: own.plain };
  for (const remark of remarksOn({ maker: 'component-values', written, manifest: written, isClean: !own.isDoubtful })) {
    const { path, isCause: _, key, ...found } = remark;
    const reason = key === undefined ? undefined : component.notTemplate.reasonOf(key);
    yield { path, ...(reason === undefined ? found : silenced(found, reason)) };
  }
}
