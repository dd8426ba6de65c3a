import type { Construct } from 'constructs';
import type { Finding } from '../../../../layers/consequences';
import type { Problem } from '../../../../layers/problem';
import { problemAt } from '../../../tree/origin';
import { fieldsOf } from '../../resolve/released-component';
import type { HubTree } from '../../tree/hub-tree';
import type { FieldRemark } from './fixed-fields';
import { fixedFieldRemarks } from './fixed-fields';

/** What configuration says in one place of a field that has no layers: it is the same for all members, or for one only. */
export interface Statement {
  readonly construct: Construct;
  /** Keys of the construct's part of the configuration. */
  readonly at: readonly string[];
  readonly app?: string;
  /** Whether all that stands at the place is a version. @default false */
  readonly isVersion?: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Everything that fleet, groups, releases, components and members say besides their layers. */
export function statementsOf(fleet: HubTree): readonly Statement[] {
  const { repository, revision, path, platformNamespace } = fleet;
  return [
    { construct: fleet, at: [], fields: { repository, revision, path, platformNamespace } },
    ...fleet.members.map((construct): Statement => ({ construct, at: [], fields: { secret: construct.secretConfig } })),
    ...fleet.groups.flatMap((group): readonly Statement[] => [
      { construct: group, at: [], fields: group.fields },
      ...group.components.map(
        (construct): Statement => ({
          construct,
          at: [],

          app: construct.name,
          fields: { ...construct.fields, ...construct.set, project: construct.project, applicationName: construct.applicationName },
        }),
      ),
      ...Object.entries(group.releases.releases).flatMap(([name, { version, components = {} }]): readonly Statement[] => {
        const { releases } = group;
        const at = ['releases', name, 'components'];
        return [
          { construct: releases, at: ['releases', name], fields: { version } },
          ...Object.entries(components).map(([app, pin]): Statement => {
            const isVersion = typeof pin === 'string';
            // Values are a layer, and looked at with all others.
            const { values: _, ...fields } = fieldsOf(pin);
            return { construct: releases, at: [...at, app], app, isVersion, fields };
          }),
        ];
      }),
    ]),
  ];
}

/** What keeps a statement from being looked at further. */
const noData: readonly Problem['code'][] = ['not-plain-data', 'component-field', 'token-broken'];

const remarks = new WeakMap<Statement, readonly FieldRemark[]>();

/** What cannot stand in the fields of a statement, whatever they mean. */
export function dataRemarks(statement: Statement): readonly FieldRemark[] {
  const known = remarks.get(statement) ?? [...fixedFieldRemarks(statement.fields, [])];
  remarks.set(statement, known);
  return known;
}

/** Whether a statement holds data, so that more can be looked at. */
export function isUsable(statement: Statement): boolean {
  return !dataRemarks(statement).some(({ code }) => noData.includes(code));
}

/** What is wrong with a field, placed where it is said. */
export function fieldProblem(
  { construct, at, app, isVersion }: Statement,
  path: readonly string[],
  code: Problem['code'],
  message: string,
  rest: Partial<Finding> = {},
): Finding {
  return problemAt(construct, code, message, { ...(app === undefined ? {} : { app }), ...rest, at: isVersion ? at : [...at, ...path] });
}
