import { valuesPath } from '../../../constructs/hub/render/application-set';
import { spokesName } from '../../../constructs/hub/tree/root-names';
import type { TreeFile } from '../../../store/state/output-tree';

/** A hub's or a spoke's folder of rendered output, by what lies in it. */
export interface MemberFolder {
  readonly member: string;
  /** What its Argo CD starts with. Paths count from the folder. */
  readonly bootstrap: readonly TreeFile[];
  /** Ids of the registrations of clusters with its Argo CD, by the names of these. */
  readonly registered: ReadonlyMap<string, string>;
  /** Its Argo CD's ApplicationSets of components. */
  readonly sets: readonly { readonly group: string; readonly component: string; readonly id: string }[];
  /** The id of the ApplicationSet that gives distributed spokes their roots. @default - it has none */
  readonly spokes?: string;
  /** Values of its charts. Paths count from the folder; where releases say values, there is one for each, and all have one path. */
  readonly values: readonly (TreeFile & { readonly group: string; readonly component: string; readonly release?: string })[];
}

type Writable = { -readonly [K in 'bootstrap' | 'sets' | 'values']: MemberFolder[K][number][] } & { readonly registered: Map<string, string>; spokes?: string };

const set = /^argocd\/applicationsets\/([^/]+)\/([^/]+)\.yaml$/;
const registration = /^argocd\/members\/([^/]+)\.yaml$/;
const values = /^values\/([^/]+)\/([^/]+?)(?:\/([^/]+))?\.yaml$/;

export function memberFolders(files: readonly TreeFile[]): readonly MemberFolder[] {
  const folders = new Map<string, Writable>();
  for (const { path, id } of files) {
    const [, member, inside] = /^(?:hubs|spokes)\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (member === undefined || inside === undefined) continue;
    let folder = folders.get(member);
    if (!folder) {
      folder = { bootstrap: [], registered: new Map(), sets: [], values: [] };
      folders.set(member, folder);
    }
    const [, group, component] = set.exec(inside) ?? [];
    const [, cluster] = registration.exec(inside) ?? [];
    const [, valuesOf, chart, release] = values.exec(inside) ?? [];
    if (group !== undefined && component !== undefined) folder.sets.push({ group, component, id });
    else if (inside === `argocd/applicationsets/${spokesName}.yaml`) folder.spokes = id;
    else if (cluster !== undefined) folder.registered.set(cluster, id);
    else if (valuesOf !== undefined && chart !== undefined) {
      folder.values.push({ group: valuesOf, component: chart, path: valuesPath(valuesOf, chart), id, ...(release === undefined ? {} : { release }) });
    } else if (/^bootstrap\/.+\.yaml$/.test(inside)) folder.bootstrap.push({ path: inside, id });
  }
  return [...folders].map(([member, folder]) => ({ member, ...folder }));
}
