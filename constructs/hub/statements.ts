import type { Construct } from 'constructs';
import type { Problem, Problems } from '../../layers/problem';
import { checkNamespace } from '../argocd/metadata';
import { problemAt } from '../origin';
import { fixedFieldRemarks } from './fixed-fields';
import type { HubFleet } from './hub-fleet';

/** What configuration says in one place of a field that has no layers: it is the same for all members, or for one only. */
export interface Statement {
  readonly construct: Construct;
  /** Keys of the construct's part of the configuration. */
  readonly at: readonly string[];
  readonly about: 'fleet' | 'member' | 'components';
  readonly app?: string;
  /** Whether all that stands at the place is a version. @default false */
  readonly isVersion?: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Everything that fleet, groups, releases, components and members say besides their layers. */
export function statementsOf(fleet: HubFleet): readonly Statement[] {
  const { repository, revision, path, platformNamespace } = fleet;
  return [
    { construct: fleet, at: [], about: 'fleet', fields: { repository, revision, path, platformNamespace } },
    ...fleet.members.map((construct): Statement => ({ construct, at: [], about: 'member', fields: { secret: construct.secret } })),
    ...fleet.groups.flatMap((group): readonly Statement[] => [
      { construct: group, at: [], about: 'components', fields: group.fields },
      ...group.components.map(
        (construct): Statement => ({
          construct,
          at: [],
          about: 'components',
          app: construct.name,
          fields: { ...construct.fields, project: construct.project, applicationName: construct.applicationName },
        }),
      ),
      ...Object.entries(group.releases.releases).flatMap(([name, { version, components = {} }]): readonly Statement[] => {
        const { releases } = group;
        const at = ['releases', name, 'components'];
        return [
          { construct: releases, at: ['releases', name], about: 'components', fields: { version } },
          ...Object.entries(components).map(([app, pin]): Statement => {
            const isVersion = typeof pin === 'string';
            return { construct: releases, at: [...at, app], about: 'components', app, isVersion, fields: isVersion ? { version: pin } : { ...pin } };
          }),
        ];
      }),
    ]),
  ];
}

/** Fields of text that mean something: an empty one was meant to. */
const texts = ['repoURL', 'chart', 'path', 'version', 'namespace', 'project', 'applicationName'];

/** Keys of `helm` that are ours: values have layers. */
const valueKeys = ['values', 'valuesObject', 'valueFiles', 'ignoreMissingValueFiles'];

/**
 * Checks fields one by one: what they say is data and no template, and Kubernetes and Argo CD would take it.
 *
 * @returns those that hold data, so that more can be looked at
 */
export function checkStatements(statements: readonly Statement[], problems: Problems): readonly Statement[] {
  return statements.filter((statement) => {
    const remarks = [...fixedFieldRemarks(statement.fields, [])].map(({ path, code, message, ...rest }) => remark(statement, path, code, message, rest));
    problems.addAll(remarks);
    const isData = !remarks.some(({ code }) => noData.includes(code));
    if (isData) problems.addAll(meanings(statement));
    return isData;
  });
}

const noData: readonly Problem['code'][] = ['not-plain-data', 'component-field', 'token-broken'];

function* meanings(statement: Statement): Generator<Problem> {
  const { fields, about } = statement;
  if (about === 'member') return;
  for (const key of about === 'fleet' ? ['revision'] : texts) {
    if (fields[key] === '') yield remark(statement, [key], 'invalid-field', `'${key}' is empty`, { hint: 'write it, or leave the key out' });
  }
  if (about === 'fleet') return;
  const { namespace, path, helm, extraSources } = fields;
  if (typeof namespace === 'string' && namespace !== '') {
    for (const { code, message, expected } of checkNamespace(namespace, [])) yield remark(statement, ['namespace'], code, message, { expected });
  }
  if (typeof path === 'string' && (path.startsWith('/') || path.split('/').includes('..'))) {
    yield remark(statement, ['path'], 'invalid-field', `'${path}' is no folder of a repository`, {
      expected: "a path from the top of the repository, such as 'charts/namespaces'",
    });
  }
  for (const key of valueKeys) {
    if ((helm as Statement['fields'] | undefined)?.[key] === undefined) continue;
    yield remark(statement, ['helm', key], 'component-field', `'helm.${key}' has no place beside the layers of values`, {
      hint: 'write `values`, in the component or a layer of it',
    });
  }
  for (const [index, source] of Object.entries(extraSources ?? [])) {
    if ((source as { readonly ref?: unknown } | null)?.ref !== 'values') continue;
    yield remark(statement, ['extraSources', index, 'ref'], 'component-source', "two sources would be called 'values'", {
      found: 'the fleet calls the source of its files of values like that',
      hint: 'give this one another `ref`',
    });
  }
}

function remark(
  { construct, at, app, isVersion }: Statement,
  path: readonly string[],
  code: Problem['code'],
  message: string,
  rest: Partial<Problem>,
): Problem {
  return problemAt(construct, code, message, { ...(app === undefined ? {} : { app }), ...rest, at: isVersion ? at : [...at, ...path] });
}
