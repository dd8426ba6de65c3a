import type { Fields } from '../fields';
import { workloadsOf } from '../what-goes';
import type { Row } from './row';
import type { JudgedChange } from './rule';

/** A kind of field that decides whose workloads are whose, and whether they stay. */
export interface OwnedField {
  /** What it is called. */
  readonly name: string;
  /** @param field as an Application says it, whether it does by itself or by the template that makes it */
  readonly matches: (field: string) => boolean;
  /** Whether it is another one now. @default - it is, whatever it says */
  readonly differs?: (row: Row, at: Moments) => boolean;
  /** What Argo CD does then. */
  readonly consequence: (row: Row, at: Moments) => string;
  readonly hint: string;
}

/** What an app says of itself, before a change and after it. */
export interface Moments {
  readonly before: Fields;
  readonly after: Fields;
}

/** Read where somebody asks: most kinds of fields need not know. */
export function momentsOf({ item, target }: Row, { sides }: Pick<JudgedChange, 'sides'>): Moments {
  const at = (side: typeof sides.before): Fields => side.fields(item, [target]).get(target)?.[0] ?? new Map();
  return {
    get before() {
      return at(sides.before);
    },
    get after() {
      return at(sides.after);
    },
  };
}

const lookFirst = 'look at what is out of sync first, and allow it';
const anotherApp = (what: string) => `let another app bring it to the new ${what}, and switch this one off along the sequence: \`npx fleet retire\``;

/** A switch: what is not said is off. */
const isSwitched = ({ before, after }: Row) => (before === true) !== (after === true);

/** An option by which objects may be made anew, where nothing said it before. */
function anewBy({ before, after }: Row): string | undefined {
  const options = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return ['Force=true', 'Replace=true'].find((one) => options(after).includes(one) && !options(before).includes(one));
}

export const ownedFields: readonly OwnedField[] = [
  {
    name: 'destination',
    matches: (field) => /^destination\.(server|name)$/.test(field),
    consequence: () => 'Argo CD deploys it anew in the other cluster, and leaves what runs in the old one behind',
    hint: anotherApp('cluster'),
  },
  {
    name: 'namespace',
    matches: (field) => field === 'destination.namespace',
    consequence: (_, { after }) =>
      `Argo CD deploys it anew in the other namespace, and ${prunes(after) ? 'prunes what is in the old one' : 'leaves what is in the old one behind, out of sync'}`,
    hint: anotherApp('namespace'),
  },
  {
    name: 'project',
    matches: (field) => field === 'project',
    consequence: () => 'Argo CD deploys nothing of it that the other AppProject does not permit, and takes nothing away',
    hint: 'see that the AppProject permits its sources, destinations and kinds, and allow it',
  },
  {
    name: 'name of the Application',
    matches: (field) => field === 'metadata.name' || field === 'namespace',
    consequence: (_, { before }) =>
      `to Argo CD it is another one: the old one is removed${workloadsOf(before) === 'go' ? ', by its finalizer with all that it deployed' : ', and what it deployed stays until the new one finds it'}`,
    hint: 'keep the name; a new name is a new app, and the old one is switched off along the sequence: `npx fleet retire`; where a whole cluster type goes to another Argo CD: `npx fleet move`',
  },
  {
    name: 'kind',
    matches: (field) => field === 'kind',
    consequence: (_, { before }) =>
      `to Argo CD it is another object: the old one is removed${workloadsOf(before) === 'go' ? ', with all that it deployed' : ', and what it deployed stays'}`,
    hint: 'keep the kind; another kind is a new app, and the old one is switched off along the sequence: `npx fleet retire`',
  },
  {
    name: 'release name',
    matches: (field) => /(^|\.)releaseName$/.test(field),
    differs: (row, { before, after }) => (row.before ?? nameOf(before)) !== (row.after ?? nameOf(after)),
    consequence: (_, { after }) =>
      `to a chart it is another release: its objects get other names, are deployed anew, and the old ones ${prunes(after) ? 'are pruned' : 'stay, out of sync'}`,
    hint: 'keep `releaseName`, also where the app has another name',
  },
  {
    name: 'pruning',
    matches: (field) => field === 'syncPolicy.automated.prune',
    differs: isSwitched,
    consequence: ({ after }) =>
      after === true
        ? 'Argo CD begins to delete what is rendered no more, also what has gathered until now'
        : 'Argo CD does not delete any more what is rendered no more',
    hint: lookFirst,
  },
  {
    name: 'self-heal',
    matches: (field) => field === 'syncPolicy.automated.selfHeal',
    differs: isSwitched,
    consequence: ({ after }) =>
      after === true
        ? 'Argo CD begins to undo what is changed in the cluster, also what was changed until now'
        : 'Argo CD does not undo any more what is changed in the cluster',
    hint: lookFirst,
  },
  {
    name: 'automated sync',
    matches: (field) => /^syncPolicy\.automated(\.|$)/.test(field),
    differs: (_, { before, after }) => isAutomated(before) !== isAutomated(after),
    consequence: (_, { after }) =>
      isAutomated(after) ? 'Argo CD begins to apply what Git says by itself' : 'Argo CD does not apply what Git says any more until somebody syncs it',
    hint: lookFirst,
  },
  {
    name: 'way to sync',
    matches: (field) => field === 'syncPolicy.syncOptions',
    differs: (row) => anewBy(row) !== undefined,
    consequence: (row) =>
      `with \`${anewBy(row)}\` Argo CD may delete any object of it and make it anew: with a PersistentVolumeClaim, Namespace or definition of a kind goes what it holds`,
    hint: 'say it at the object that needs it, in its annotation `argocd.argoproj.io/sync-options`',
  },
  {
    name: 'finalizers',
    matches: (field) => field === 'finalizers',
    consequence: (_, { before, after }) => {
      const [was, is] = [workloadsOf(before), workloadsOf(after)];
      if (was === is) return `when its Application is removed, what it deployed ${is === 'go' ? 'goes with it' : 'stays'}, as before`;
      return is === 'go'
        ? 'from now on all that it deployed goes when its Application is removed, Namespaces and PersistentVolumeClaims among it with what is in them; only definitions of kinds (CRDs) stay'
        : 'from now on what it deployed stays when its Application is removed, and nobody manages it';
    },
    hint: 'say in the message what is meant to happen with the workloads, and allow it',
  },
  {
    name: 'selector',
    matches: (field) => /^generators(\.|$)/.test(field),
    consequence: (_, { before }) =>
      `clusters that match no more lose their Application, and ${workloadsOf(before) === 'go' ? 'all that it deployed goes with it' : 'what it deployed stays, with nobody to manage it'}`,
    hint: 'compare the labels of the clusters with what it selected before and selects now, and allow it',
  },
  {
    name: 'preservation of workloads',
    matches: (field) => field === 'syncPolicy.preserveResourcesOnDeletion',
    differs: ({ before, after }) => before === true && after !== true,
    consequence: () => 'its Applications get the finalizer: when a cluster matches no more, or it goes itself, all that they deployed goes, too',
    hint: 'keep `preserveResourcesOnDeletion: true`',
  },
];

/** What an Application is called: so is a release to which nobody gives a name (argo-cd, helm, release name). */
function nameOf(fields: Fields): unknown {
  return fields.get(fields.get('kind') === 'ApplicationSet' ? 'template.metadata.name' : 'metadata.name');
}

/** What an Application says under a key, by itself or by the template that makes it. */
function said(fields: Fields, key: string): unknown {
  return fields.get('kind') === 'ApplicationSet' ? fields.get(`template.spec.${key}`) : fields.get(key);
}

/** Whether Argo CD deletes by itself what an app renders no more. */
export function prunes(fields: Fields): boolean {
  return isAutomated(fields) && said(fields, 'syncPolicy.automated.prune') === true;
}

function isAutomated(fields: Fields): boolean {
  const key = fields.get('kind') === 'ApplicationSet' ? 'template.spec.syncPolicy.automated' : 'syncPolicy.automated';
  const isSaid = [...fields.keys()].some((field) => field === key || field.startsWith(`${key}.`));
  return isSaid && fields.get(`${key}.enabled`) !== false;
}
