import { nearest } from '../../../../layers/text/nearest';
import { hasToken } from '../../../../layers/text/token';
import type { ManifestRule, Remark } from '../../manifest-rule';
import { type ItemAt, itemsIn } from '../../projects/items';

/**
 * Roles that Argo CD would not know what to do with (argo-cd, `AppProject.ValidateProject` in
 * pkg/apis/application/v1alpha1/app_project_types.go): its interface refuses them, and what comes from Git gives nobody a right.
 */
export const projectRoles: ManifestRule = ({ written }) => {
  const project = written.metadata.name;
  const isList = Array.isArray((written.spec as { readonly roles?: unknown } | undefined)?.roles);
  const names = new Set<string>();
  return itemsIn(written, 'roles').flatMap((role): readonly Remark[] => {
    const name = isList ? role.item.name : role.key;
    // A role without a name is told of by the schema.
    if (typeof name !== 'string') return [];
    const remarks: Remark[] = [];
    const at = isList ? [...role.path, 'name'] : role.path;
    if (!/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name)) {
      remarks.push({
        code: 'invalid-field',
        path: at,
        message: `'${name}' cannot be the name of a role`,
        expected: "letters, digits, '-' and '_', with a letter or digit at both ends",
      });
    } else if (names.has(name)) {
      remarks.push({ code: 'invalid-field', path: at, message: `the role '${name}' stands there twice`, hint: 'merge the two, or rename one' });
    }
    names.add(name);
    return [...remarks, ...policies(role, name, project)];
  });
};

function policies({ item, path }: ItemAt, role: string, project: string): readonly Remark[] {
  if (!Array.isArray(item.policies)) return [];
  return item.policies.flatMap((policy, index): readonly Remark[] => {
    if (typeof policy !== 'string' || hasToken(policy) || hasToken(project)) return [];
    const fault = policyFault(policy, role, project);
    if (!fault) return [];
    const { message, hint } = fault;
    return [
      {
        code: 'invalid-field',
        path: [...path, 'policies', String(index)],
        message: `a policy of the role '${role}' says nothing to Argo CD: ${message}`,
        expected: `\`p, proj:${project}:${role}, RESOURCE, ACTION, ${project}/APPLICATION, allow\` or \`deny\``,
        found: `'${policy}'`,
        hint,
      },
    ];
  });
}

const resources = ['applications', 'applicationsets', 'repositories', 'clusters', 'logs', 'exec'];
const actions = ['get', 'create', 'update', 'delete', 'sync', 'override', 'rollback', '*'];

function policyFault(policy: string, role: string, project: string): { readonly message: string; readonly hint?: string } | undefined {
  const parts = policy.split(',').map((part) => part.trim());
  const [letter, subject = '', resource = '', action = '', object = '', effect = ''] = parts;
  if (parts.length !== 6 || letter !== 'p') return { message: 'it has other parts' };
  if (subject !== `proj:${project}:${role}`) return { message: `it is of '${subject}'`, hint: `write \`proj:${project}:${role}\`` };
  if (!resources.includes(resource)) return { message: `a project has no '${resource}'`, hint: asked(resource, resources) };
  if (!actions.includes(action) && !/(action|update|delete)\/.*/.test(action)) return { message: `'${action}' is no action`, hint: asked(action, actions) };
  if (!isObject(object, project)) return { message: `'${object}' is nothing of the project`, hint: `write \`${project}/*\`, or \`${project}/APPLICATION\`` };
  if (effect !== 'allow' && effect !== 'deny') return { message: `it ends in '${effect}'`, hint: asked(effect, ['allow', 'deny']) };
  return undefined;
}

function asked(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? `known: ${known.join(', ')}` : `did you mean '${meant}'?`;
}

/** `{project}/{application}`, with a namespace between them where Applications live in several. */
function isObject(object: string, project: string): boolean {
  if (!object.startsWith(`${project}/`)) return false;
  const parts = object.slice(project.length + 1).split('/');
  return parts.length <= 2 && parts.every((part) => /^[*\w.-]+$/.test(part));
}
