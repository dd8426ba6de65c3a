import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** Argo CD takes a source for one thing: a chart, a Kustomization, or a folder of manifests. */
export function* sourceOptions(fields: Fields): Generator<PartRemark> {
  const [first, ...others] = ['chart', 'kustomize', 'directory'].filter((key) => fields[key] !== undefined);
  for (const other of others) {
    yield {
      path: [other],
      code: 'component-source',
      message: `'${other}' beside '${first}', of which Argo CD reads one alone`,
      expected: "'kustomize' or 'directory' beside a 'path' without values, or neither",
    };
  }
}
