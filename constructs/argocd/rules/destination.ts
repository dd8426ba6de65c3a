import { specsOf } from '../application-specs';
import { isMap, type ManifestRule, type Remark } from '../manifest-rule';

/** An Application is deployed to one cluster, by name or by server. */
export const destination: ManifestRule = ({ written }) =>
  specsOf(written).flatMap(({ spec, path, role }): readonly Remark[] => {
    if (role !== 'application' || !isMap(spec.destination)) return [];
    const { name, server } = spec.destination;
    if ((name === undefined) !== (server === undefined)) return [];
    return [
      {
        code: 'destination',
        path: [...path, 'destination'],
        message: "a destination has either 'name' or 'server'",
        found: name === undefined ? 'neither' : 'both',
        hint: name === undefined ? 'write `name: cluster.name` in the defaults of the cluster type' : 'unset the one that a broader layer sets',
      },
    ];
  });
