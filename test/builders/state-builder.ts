import type { Content, State, StateFile } from '../../changes/state';
import type { Plain } from '../../layers/layer';
import { type AppRecord, RecordReader } from '../../layers/record';

/** Manifests by file: `mgmt/stage/one/eu/templates/web.yaml`, the target three names deep. */
export type Manifests = Readonly<Record<string, Content>>;

/** A state of a fleet of dimensions, in which what is in no record is the base's. */
export function stateOf(manifests: Manifests, records: Readonly<Record<string, AppRecord>> = {}, name = 'a state'): State {
  const contents = new Map<StateFile, Content>();
  const targets = new Map<string, Set<string>>();
  for (const [file, content] of Object.entries(manifests)) {
    const [clusterType = '', one, two, three, ...path] = file.split('/');
    const target = [one, two, three].join('/');
    contents.set({ clusterType, target, path: path.join('/'), id: JSON.stringify(content) }, content);
    targets.set(clusterType, (targets.get(clusterType) ?? new Set()).add(target));
  }
  return {
    name,
    fleet: {
      topology: 'dimensions',
      dimensions: ['environment', 'sector', 'region'],
      sequence: [...new Set([...targets.values()].flatMap((all) => [...all]))],
    },
    targets: new Map([...targets].map(([clusterType, all]) => [clusterType, [...all]])),
    files: [...contents.keys()],
    records: Object.entries(records).map(([key, record]) => {
      const [clusterType = '', app = ''] = key.split('/');
      return { clusterType, app, id: JSON.stringify(record), read: () => new RecordReader(record) };
    }),
    read: (files) => files.map((file) => contents.get(file) as Content),
  };
}

/** An Application with a spec. */
export function application(spec: { readonly [key: string]: Plain }, name = 'web'): Content {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: 'argocd' }, spec };
}
