import type { Finding } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { leadsOut } from '../../../argocd/rules/sources';
import { helmFiles, valuesRef } from '../../resolve/helm-files';
import { releasedIn, releasedProblem } from '../components/released-in';
import type { HubSubject } from '../hub-rule';

/** Files that Helm is given are of a source that there is, and inside of it; and nothing hides what it is given besides. */
export function* helmFilesOfComponents(hub: HubSubject): Generator<Finding> {
  for (const one of releasedIn(hub)) {
    const { helm, path, live } = one.released;
    // What is no list was reported.
    const extraSources = Array.isArray(one.released.extraSources) ? one.released.extraSources : [];
    const refs = [valuesRef, ...extraSources.flatMap((source) => (typeof source?.ref === 'string' ? [source.ref] : []))];
    for (const { at, file, ref, isRemote, path: inside } of isReadableHelm(helm) ? helmFiles(helm) : []) {
      if (ref !== undefined && !refs.includes(ref)) {
        yield releasedProblem(one, ['helm', ...at], 'component-source', `'${file}' is of a source that there is not: '$${ref}'`, {
          expected: "`$values/…` for a file of the fleet's repository, or the `ref` of one of `extraSources`",
          hint: suggestion(ref, refs, 'sources'),
        });
      } else if (!isRemote && leadsOut(ref === undefined && path !== undefined && !inside.startsWith('/') ? `${path}/${inside}` : inside.replace(/^\/+/, ''))) {
        yield releasedProblem(one, ['helm', ...at], 'invalid-field', `'${file}' leads out of where it is read`, {
          expected: 'a file of the chart, or `$ref/` and a path from the top of that source',
        });
      }
    }
    if (live !== undefined && helm?.values !== undefined) {
      yield releasedProblem(one, ['helm', 'values'], 'values-twice', "'helm.values' has no effect beside values that only the cluster knows", {
        expected: 'the same as `helm.valuesObject`',
        found: `tokens in ${Object.keys(live).join(', ')}, which Argo CD is given as its \`valuesObject\``,
      });
    }
  }
}

function isReadableHelm(helm: { readonly valueFiles?: unknown; readonly fileParameters?: unknown } | undefined): boolean {
  const lists = [helm?.valueFiles ?? [], helm?.fileParameters ?? []];
  return lists.every((list) => Array.isArray(list) && list.every((item) => item !== null && item !== undefined));
}
