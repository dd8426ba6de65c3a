import { plainOf, tryChild } from '../../../../layers/node';
import { ComponentGroup } from '../../tree/component-group';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';

/** What everything else needs is uninstalled by nobody: with Argo CD goes whoever would take the rest away. */
export function* uninstalledBootstrap({ component, values }: LayerSubject): Generator<PartRemark> {
  const { scope } = component.node;
  const { argoCD, externalSecrets } = (scope instanceof ComponentGroup && scope.bootstrap) || {};
  const node = tryChild(values, 'uninstall');
  if ((component.name !== argoCD && component.name !== externalSecrets) || !node || plainOf(node) !== true) return;
  yield {
    path: ['uninstall'],
    code: 'bootstrap-group',
    message: `'${component.name}' cannot be uninstalled`,
    found:
      component.name === argoCD
        ? 'with it goes what takes the rest of the cluster away'
        : 'with it go the secrets by which Argo CD reaches clusters and repositories',
    hint: 'take the cluster out of the fleet as a whole: `npx fleet retire CLUSTER`',
  };
}
