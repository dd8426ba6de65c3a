import { identityOf } from '../../layers/charts/object-identity';
import { longFileName, shortFileName } from '../../layers/charts/object-names';
import { type Branch, plainOf, tryFindNode } from '../../layers/node';
import type { Manifest, OutputFile } from '../../layers/output';

/** An app's object is called after the app, any other `{kind}-{name}`; those that would be called alike say their group and namespace too. */
export function fileNames(objects: readonly { readonly manifest: Manifest; readonly app?: string }[]): readonly string[] {
  const short = objects.map(({ manifest, app }) => app ?? shortFileName(manifest));
  const times = new Map<string, number>();
  for (const name of short) times.set(name, (times.get(name) ?? 0) + 1);
  return objects.map(({ manifest, app }, index) => {
    const name = short[index] as string;
    return app !== undefined || times.get(name) === 1 ? name : longFileName(manifest);
  });
}

/**
 * What is wrong with files of one target: two in one place, or two that are one object to Kubernetes. Each app's manifests may go
 * into a namespace of their own.
 *
 * @param namespaceOf where objects of an app end up that name none. @default - nobody knows
 */
export function clashesAmong(files: readonly OutputFile[], namespaceOf: (app: string) => string = () => ''): readonly string[] {
  const seen = new Set<string>();
  const objects = new Set<string>();
  return files.flatMap((file) => {
    const { path } = file;
    const app = file.kind === 'manifest' ? (path.split('/')[1] ?? '') : '';
    const object = file.kind === 'template' || file.kind === 'manifest' ? file.document : undefined;
    const identity = object && identityOf(object, namespaceOf(app));
    const inApp = identity && `${app} ${identity}`;
    const isTaken = seen.has(path);
    const isThere = inApp !== undefined && objects.has(inApp);
    seen.add(path);
    if (inApp !== undefined) objects.add(inApp);
    if (isTaken) return [`two objects would be rendered to '${path}'`];
    return object && isThere ? [`two objects are ${described(object)}: a cluster holds one, and '${path}' would be the other`] : [];
  });
}

/** Where objects of an app end up that name no namespace. @param values of its layers */
export function namespaceIn(values: Branch | undefined): string {
  const said = values && tryFindNode(values, ['destination', 'namespace']);
  const namespace = said && plainOf(said);
  return typeof namespace === 'string' ? namespace : '';
}

function described({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string {
  const group = apiVersion.includes('/') ? ` of ${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `the ${kind}${group} '${name}'${namespace === undefined ? '' : ` in '${namespace}'`}`;
}
