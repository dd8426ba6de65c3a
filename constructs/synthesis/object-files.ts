import type { Manifest, OutputFile } from '../../layers/output';
import { showTokens } from '../../layers/text/token';

/** An app's object is called after the app, any other `{kind}-{name}`; those that would be called alike say their group and namespace too. */
export function fileNames(objects: readonly { readonly manifest: Manifest; readonly app?: string }[]): readonly string[] {
  const short = objects.map(({ manifest, app }) => app ?? safe(`${manifest.kind.toLowerCase()}-${nameOf(manifest)}`));
  const times = new Map<string, number>();
  for (const name of short) times.set(name, (times.get(name) ?? 0) + 1);
  return objects.map(({ manifest, app }, index) => {
    if (app !== undefined || times.get(short[index] as string) === 1) return short[index] as string;
    const group = manifest.apiVersion.includes('/') ? `.${manifest.apiVersion.split('/')[0]}` : '';
    return safe([`${manifest.kind.toLowerCase()}${group}`, manifest.metadata.namespace, nameOf(manifest)].filter((part) => part !== undefined).join('-'));
  });
}

/**
 * What is wrong with files of one target: two in one place, or two that are one object to Kubernetes. Each app's manifests may go
 * into a namespace of their own.
 */
export function clashesAmong(files: readonly OutputFile[]): readonly string[] {
  const seen = new Set<string>();
  const objects = new Set<string>();
  return files.flatMap((file) => {
    const { path } = file;
    const object = file.kind === 'template' || file.kind === 'manifest' ? identityOf(file.document) : path;
    const inApp = object && `${file.kind === 'manifest' ? path.split('/')[1] : ''} ${object}`;
    const isTaken = seen.has(path);
    const isThere = inApp !== undefined && objects.has(inApp);
    seen.add(path);
    if (inApp !== undefined) objects.add(inApp);
    if (isTaken) return [`two objects would be rendered to '${path}'`];
    return isThere ? [`two objects are ${object}: a cluster holds one, and '${path}' would be the other`] : [];
  });
}

/** What an object is to Kubernetes, whichever version of its group it is written in; nothing where it gets its name there. */
function identityOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string | undefined {
  if (name === undefined) return undefined;
  const group = apiVersion.includes('/') ? ` of ${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `the ${kind}${group} '${name}'${namespace === undefined ? '' : ` in '${namespace}'`}`;
}

/** Hooks of charts may leave the end of their name to Kubernetes. */
function nameOf({ metadata: { name, generateName } }: Manifest): string {
  return String(name ?? generateName ?? '');
}

/** In Kubernetes some names hold characters that file names must not, and some hold what only the cluster knows. */
function safe(name: string): string {
  return showTokens(name).replace(/[^A-Za-z0-9.-]/g, '_');
}
