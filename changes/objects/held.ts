import { groupKindOf } from '../../layers/charts/object-identity';
import { fieldsIn } from '../fields-in';
import type { Content } from '../state';
import { workloadsOf } from '../what-goes';
import { mapIn } from './object-words';

/** What goes with an object that holds data. */
const holding: Readonly<Record<string, string>> = {
  Namespace: 'everything that is in it',
  PersistentVolumeClaim: 'the volume, as its reclaim policy says',
  CustomResourceDefinition: 'every object of its kind, whoever made it',
  StatefulSet: 'its pods; the claims of its volumes stay, or go, as its `persistentVolumeClaimRetentionPolicy` says',
};

/** The same of objects by which Argo CD deploys others, where it takes these away with them. */
const deploying: Readonly<Record<string, string>> = {
  'Application.argoproj.io': 'everything that it deployed',
  'ApplicationSet.argoproj.io': 'the Applications that it made, and everything that they deployed',
};

/** @returns what goes with an object. @default - nothing that anybody would miss */
export function heldBy(object: Content): string | undefined {
  const kind = groupKindOf(object);
  if (Object.hasOwn(deploying, kind)) return workloadsOf(fieldsIn(object, {})) === 'go' ? deploying[kind] : undefined;
  return Object.hasOwn(holding, String(object.kind)) ? holding[String(object.kind)] : undefined;
}

/** Claims that a StatefulSet loses by itself, now or with the next change of it. */
export function lostClaims(before: Content, after: Content): readonly { readonly field: string; readonly text: string }[] {
  if (groupKindOf(after) !== 'StatefulSet.apps' || groupKindOf(before) !== 'StatefulSet.apps') return [];
  const [was, is] = [before, after].map(({ spec }) => ({ policy: mapIn(mapIn(spec).persistentVolumeClaimRetentionPolicy), replicas: replicasOf(spec) }));
  const { policy, replicas } = is as { readonly policy: Content; readonly replicas: number };
  const begins = (when: string) => policy[when] === 'Delete' && was?.policy[when] !== 'Delete';
  const at = 'spec.persistentVolumeClaimRetentionPolicy';
  return [
    ...(policy['whenScaled'] === 'Delete' && replicas < (was?.replicas ?? 0)
      ? [
          {
            field: 'spec.replicas',
            text: 'with `whenScaled: Delete` the claims of the pods that go are deleted, and their volumes, as their reclaim policy says',
          },
        ]
      : []),
    ...(begins('whenScaled') ? [{ field: `${at}.whenScaled`, text: 'from now on the claims of pods go with them, when it has fewer replicas' }] : []),
    ...(begins('whenDeleted') ? [{ field: `${at}.whenDeleted`, text: 'from now on the claims of its volumes go with it, when it is deleted' }] : []),
  ];
}

/** Kubernetes takes one where none is said. */
function replicasOf(spec: unknown): number {
  const { replicas } = mapIn(spec);
  return typeof replicas === 'number' ? replicas : 1;
}
