import { specsOf } from '../application-specs';
import { isMap, type ManifestRule, type Remark } from '../manifest-rule';
import { isSaid } from '../unset-fields';

/** An Application is deployed to one cluster, by name or by server. */
export const destination: ManifestRule = ({ written }) =>
  specsOf(written).flatMap(({ spec, path, role }): readonly Remark[] => {
    if (role !== 'application' || !isMap(spec.destination)) return [];
    const [hasName, hasServer] = [isSaid(spec.destination.name), isSaid(spec.destination.server)];
    if (hasName !== hasServer) return [];
    return [
      {
        code: 'destination',
        path: [...path, 'destination'],
        message: "a destination has either 'name' or 'server'",
        found: hasName ? 'both' : 'neither',
        hint: hasName ? 'unset the one that a broader layer sets' : 'write `name: cluster.name` in the defaults of the cluster type',
      },
    ];
  });
