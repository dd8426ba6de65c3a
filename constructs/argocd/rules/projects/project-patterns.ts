import { isMap, type ManifestRule, type Remark } from '../../manifest-rule';
import { itemsIn } from '../../projects/items';

/** Patterns that deny everything, which Argo CD refuses (argo-cd, `AppProject.ValidateProject`), and destinations without a cluster, which allow nothing. */
export const projectPatterns: ManifestRule = ({ written }) => {
  const { spec } = written;
  const repositories = isMap(spec) && Array.isArray(spec.sourceRepos) ? spec.sourceRepos : [];
  const remarks: Remark[] = repositories.flatMap((pattern, index) => (pattern === '!*' ? [denial(['spec', 'sourceRepos', String(index)])] : []));
  for (const { item, path } of itemsIn(written, 'destinations')) {
    for (const field of ['name', 'server', 'namespace']) if (item[field] === '!*') remarks.push(denial([...path, field]));
    if (item.name !== undefined || item.server !== undefined) continue;
    remarks.push({
      code: 'missing-field',
      path,
      message: 'a destination of a project that names no cluster allows nothing',
      expected: "'name' or 'server' of clusters, as a pattern",
      hint: "for any cluster, write `name: '*'`",
    });
  }
  return remarks;
};

function denial(path: readonly string[]): Remark {
  return {
    code: 'invalid-field',
    path,
    message: `'${path.slice(1).join('.')}' denies everything, which Argo CD refuses`,
    found: "'!*'",
    hint: 'leave it out: what no pattern allows is not allowed',
  };
}
