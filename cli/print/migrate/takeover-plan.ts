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
  const { path } = reading.config.homes.fleet;
  const hubs = members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
  const remote = members.filter(({ isRemote }) => isRemote).map(({ name }) => name);
  const isRenamed = (comparison?.renamed.length ?? 0) > 0;
  const everywhere = ['the hubs', ...(remote.length > 0 ? ['the Argo CD of each distributed spoke'] : [])].join(' and ');
  const step = (what: string, wait: string, back: string): Step => ({ do: what, wait, back });
  return [
    step(
      `commit ${to} and what \`npx fleet synth\` renders of it. Do what is listed above first`,
      '`npx fleet check` has nothing to say',
      'git revert: no Argo CD reads it yet',
    ),
    step(
      '`preserveResourcesOnDeletion: true` in every ApplicationSet of fleet/ and in `syncPolicyAppSet` of the wrapper, no `prune` in what installs the wrapper',
      `no Application on ${everywhere} has the finalizer resources-finalizer.argocd.argoproj.io: whatever is deleted now leaves its workloads`,
      'git revert',
    ),
    step(
      `on ${everywhere}, kubectl delete --cascade=orphan the ApplicationSets of fleet/, then the Applications that they made, then the ApplicationSets of the wrapper`,
      'the Applications of components are there, and nobody owns them',
      'kubectl apply -f fleet/bootstrap',
    ),
    step(
      `one cluster after the other, for their secrets are called cluster-{name} now: delete its old ExternalSecret and secret (of a hub, from Terraform: terraform state rm), and at once kubectl apply -f ${hubs.map((hub) => `${path}/hubs/${hub}/argocd/members/{name}.yaml`).join(', or ')}`,
      'argocd cluster list shows the cluster, and once; until then Argo CD does nothing for it, and removes nothing. Then the next one',
      'kubectl delete the new ExternalSecret, which takes its secret along, and apply the old one',
    ),
    step(
      `a dry run: argocd appset generate FILE -o yaml, for the files in ${hubs.map((hub) => `${path}/hubs/${hub}/argocd/applicationsets/`).join(' and ')}`,
      'what it prints is what argocd app get NAME -o yaml says of the Applications that are there, but for labels and annotations of ours: what the templates of the wrapper chart add shows here',
      'nothing was changed',
    ),
    step(
      hubs.map((hub) => `npx fleet bootstrap ${hub} --config ${to} | kubectl apply -f -`).join('; '),
      'the Application fleet is Synced, and so are those that it made',
      'kubectl delete the Application fleet, which has no finalizer, and with --cascade=orphan what it applied',
    ),
    step(
      isRenamed
        ? 'kubectl delete Applications of old names when those of new names are Synced: both deploy the same'
        : 'the new ApplicationSets own the Applications that are there',
      'argocd app diff is empty for every component, and no resource is part of two Applications',
      isRenamed ? 'the old ones are there until they are deleted' : 'as in the step before',
    ),
    step('remove the layout from Git, but for charts and manifests that components name; the secret store stays', 'every Application is Synced', 'git revert'),
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
