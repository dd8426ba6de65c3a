import { isOfRepository, isOtherRevision, type OwnRepository } from '../../../layers/charts/chart-id';
import type { ChartInput, InputFile } from '../../../layers/charts/chart-input';
import { leftClosed } from '../../../layers/charts/left-closed';
import type { Plain } from '../../../layers/layer';
import { hasToken } from '../../../layers/text/token';
import { isMap, type Remark, type Spec } from '../../argocd/manifest-rule';

type Refusal = Pick<Remark, 'message' | 'hint' | 'path'>;

/** The files that a source names, or why they cannot be read here. */
export interface NamedFiles {
  readonly input: Pick<ChartInput, 'valueFiles' | 'ignoreMissingValueFiles' | 'fileParameters'>;
  readonly refusal?: Refusal;
}

/**
 * Which files Argo CD gives Helm for a source (argo-cd, reposerver/repository, `getResolvedValueFiles`): paths count from the chart,
 * those that begin with `/` from the top of what the chart lies in, which is the chart itself where it comes from a repository of
 * charts, and those that begin with `$name/` from the top of the repository of the source that is called so.
 *
 * @param sources all of the app
 * @param own     the fleet's repository
 */
export function filesOf({ helm, chart, repoURL }: Spec, sources: readonly Plain[], own: OwnRepository): NamedFiles {
  if (!isMap(helm)) return { input: {} };
  const isInRepository = (typeof chart !== 'string' || chart === '') && !/^oci:/i.test(String(repoURL));
  const { valueFiles, fileParameters, ignoreMissingValueFiles } = helm;
  const refusals: Refusal[] = [];
  const fileOf = (path: unknown, at: readonly string[]): readonly InputFile[] => {
    const found = typeof path === 'string' ? named(path, isInRepository, sources, own) : undefined;
    // What is no text has its own remark.
    if (found === undefined) return [];
    if ('path' in found) return [found];
    refusals.push({ ...found, path: ['helm', ...at] });
    return [];
  };
  const values = listOf(valueFiles).flatMap((path, index) => fileOf(path, ['valueFiles', String(index)]));
  const parameters = listOf(fileParameters).flatMap((one, index) => {
    if (!isMap(one)) return [];
    return fileOf(one.path, ['fileParameters', String(index), 'path']).map((file) => ({ name: String(one.name ?? ''), file }));
  });
  return {
    input: {
      ...(values.length > 0 ? { valueFiles: values } : {}),
      ...(values.length > 0 && ignoreMissingValueFiles === true ? { ignoreMissingValueFiles } : {}),
      ...(parameters.length > 0 ? { fileParameters: parameters } : {}),
    },
    ...(refusals[0] === undefined ? {} : { refusal: refusals[0] }),
  };
}

/** Why what lies here is not what Argo CD would read; `undefined` where it is. @param shown what it is called, in this repository */
export function otherRevision(shown: string, version: unknown, own: OwnRepository): Pick<Refusal, 'message' | 'hint'> | undefined {
  if (!isOtherRevision(version, own)) return undefined;
  const message = `${shown} is read at '${String(version).trim()}', another revision than the fleet's ('${own.revision}'), and only what lies here can be rendered`;
  return {
    message,
    hint: `leave \`targetRevision\` of this repository out, or say '${own.revision}'; or leave \`hydrate\` out there: Argo CD reads it, as before`,
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function named(path: string, isInRepository: boolean, sources: readonly Plain[], own: OwnRepository): InputFile | Pick<Refusal, 'message' | 'hint'> {
  if (hasToken(path)) return { message: 'which file it is must be known here: it holds a token', hint: 'say it with an override for each target' };
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
    return { message: `'${path}' is an address, and no network is asked where a chart is opened`, hint: 'copy the file into this repository' };
  }
  const [first = '', ...rest] = path.split('/');
  const ref = first.startsWith('$') ? sources.find((source) => isMap(source) && source.ref === first.slice(1)) : undefined;
  if (isMap(ref)) {
    const isOwn = isOfRepository(ref.repoURL, own);
    const other = isOwn ? otherRevision(`'${path}'`, ref.targetRevision, own) : undefined;
    if (other) return other;
    if (isOwn && !rest.join('/').includes('$')) return { path: rest.join('/'), of: 'repository' };
    if (!isOwn) return { message: `'${path}' is a file of another repository`, hint: `copy it into this one, or ${leftClosed}` };
  }
  // Argo CD would put what it knows of the app in its place (`$ARGOCD_APP_NAME`), or nothing.
  if (path.includes('$')) {
    const hint = 'write the path itself, or the `ref` of a source of this app and a path behind it';
    return { message: `what '$' stands for in '${path}' is known to Argo CD alone`, hint };
  }
  if (!path.startsWith('/')) return { path, of: 'chart' };
  return { path: path.slice(1), of: isInRepository ? 'repository' : 'chart' };
}
