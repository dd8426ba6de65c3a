import type { Manifest } from '../../layers/output';

/** What an object is to Kubernetes, whichever version of its group it is written in. */
export function identityOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string {
  const group = apiVersion.includes('/') ? ` of ${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `the ${kind}${group} '${name}'${namespace === undefined ? '' : ` in '${namespace}'`}`;
}

/** An app's object is called after the app, any other `{kind}-{name}`; those that would be called alike say their group and namespace too. */
export function fileNames(objects: readonly { readonly manifest: Manifest; readonly app?: string }[]): readonly string[] {
  const short = objects.map(({ manifest, app }) => app ?? safe(`${manifest.kind.toLowerCase()}-${manifest.metadata.name}`));
  return objects.map(({ manifest, app }, index) => {
    if (app !== undefined || short.indexOf(short[index] as string) === short.lastIndexOf(short[index] as string)) return short[index] as string;
    const group = manifest.apiVersion.includes('/') ? `.${manifest.apiVersion.split('/')[0]}` : '';
    return safe([`${manifest.kind.toLowerCase()}${group}`, manifest.metadata.namespace, manifest.metadata.name].filter((part) => part !== undefined).join('-'));
  });
}

/** In Kubernetes some names hold characters that file names must not. */
function safe(name: string): string {
  return name.replace(/[^A-Za-z0-9.-]/g, '_');
}
