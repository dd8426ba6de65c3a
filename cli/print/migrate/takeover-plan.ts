import { plural } from '../../../layers/text/problem-text';
import type { WrapperMigration } from '../../write/wrapper/migrate-wrapper';

/** At most so many names are shown; `--json` has them all. */
const shown = 20;

/** A step of a takeover: what to do, and how to go back. */
export interface Step {
  readonly do: string;
  readonly wait: string;
  readonly back: string;
}

/** How a live fleet is taken over: first nothing can be lost any more, then the old hands off, then the new hands on. */
export function takeoverSteps({ to, reading, comparison }: WrapperMigration): readonly Step[] {
  const { members } = reading.fleet.membership;
  const hubs = members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
  const remote = members.filter(({ isRemote }) => isRemote).map(({ name }) => name);
  const isRenamed = (comparison?.renamed.length ?? 0) > 0;
  const everywhere = ['the hubs', ...(remote.length > 0 ? ['the Argo CD of each distributed spoke'] : [])].join(' and ');
  return [
    {
      do: `commit ${to} and what \`npx fleet synth\` renders of it: no Argo CD reads it yet. Do what is listed above first.`,
      wait: '`npx fleet check` has nothing to say',
      back: 'git revert',
    },
    {
      do: `nothing may be deleted: \`preserveResourcesOnDeletion: true\` in every ApplicationSet of fleet/ and in \`syncPolicyAppSet\` of the wrapper, no \`prune\` in what installs the wrapper`,
      wait: `no Application on ${everywhere} has the finalizer resources-finalizer.argocd.argoproj.io: kubectl get applications -n argocd -o jsonpath='{.items[*].metadata.finalizers}'`,
      back: 'git revert',
    },
    {
      do: `on ${everywhere}, the old hands off: kubectl delete --cascade=orphan the ApplicationSets of fleet/, then the Applications that these made (cluster-…, fleet-…), then the ApplicationSets of the wrapper`,
      wait: 'the Applications of components are still there, healthy, and without an owner',
      back: 'kubectl apply -f fleet/bootstrap: the ApplicationSets come again and own their Applications again',
    },
    {
      do: `cluster secrets: a cluster has one, and it is called cluster-{name} from now on. Delete the old ExternalSecrets with their secrets (of hubs, from Terraform: \`terraform state rm\`, then kubectl delete), and at once, for each hub: ${hubs.map((hub) => `npx fleet bootstrap ${hub} --config ${to} | kubectl apply -f -`).join('; ')}`,
      wait: 'argocd cluster list shows every cluster once. In between Argo CD does nothing for those that it does not know, and removes nothing',
      back: 'kubectl delete application fleet -n argocd (it has no finalizer), then the ExternalSecrets and ApplicationSets of dist/, with --cascade=orphan; then as in the step before',
    },
    {
      do: isRenamed
        ? 'Applications under new names stand beside the old ones and deploy the same: when they are Synced, kubectl delete the old ones, which have no finalizer'
        : 'Applications keep their names: the new ApplicationSets own those that are there',
      wait: 'argocd app diff is empty for every component; no warning that a resource is part of two Applications',
      back: isRenamed ? 'the old ones are still there until they are deleted' : 'as in the step before',
    },
    {
      do: 'remove fleet/, the values of components and the wrapper from Git, and leave the charts that components name. The secret store stays where it is: the new registrations read it',
      wait: '`npx fleet check` has nothing to say, and every Application is Synced',
      back: 'git revert: nothing reads these files',
    },
  ];
}

/** The same in words, with the names that change. */
export function takeoverPlan(migration: WrapperMigration): readonly string[] {
  const { comparison } = migration;
  if (!comparison) return [];
  const { components, renamed, missing } = comparison;
  const names = renamed.slice(0, shown).map(({ from = '(a name that the wrapper makes)', to, argoCD }) => `  ${from} → ${to}, in the Argo CD of ${argoCD}`);
  return [
    `Applications: ${components - renamed.length - missing.length} keep their names, ${renamed.length} get new ones`,
    ...names,
    ...(renamed.length > shown ? [`  … and ${renamed.length - shown} more (--json lists all)`] : []),
    '',
    `To take over the live fleet, in ${plural(takeoverSteps(migration).length, 'step')}, spokes that try things first:`,
    ...takeoverSteps(migration).flatMap(({ do: what, wait, back }, index) => [`  ${index + 1}. ${what}`, `     wait until: ${wait}`, `     back: ${back}`]),
  ];
}
