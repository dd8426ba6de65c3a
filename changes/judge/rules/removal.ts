import { fieldKeys } from '../../../layers/record';
import { plural } from '../../../layers/text/problem-text';
import type { AppChange, TargetChange } from '../../change';
import { digestOf, effectDigest } from '../effect';
import { whatOf } from '../had';
import { type Row, rendered } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { commonNode } from '../sequence';
import { below, few, targetsOf } from '../words';

/** Nothing takes workloads away, or makes Argo CD another one's, by the way. */
export const removal: Rule = {
  id: 'removal',
  what: 'no app and no target leaves, nothing changes its destination, namespace, project or name, its pruning, self-heal, finalizers or selector',
  why: 'Argo CD deletes, moves or forgets what runs, and no later commit brings it back',
  wayOut: 'switch it off along the sequence first (`enabled: false`), and take it out where nothing is deployed any more',
  *judge(change: JudgedChange): Generator<Finding> {
    for (const one of change.changes) {
      if (one.kind === 'target-removed' && one.apps > 0) yield goneTarget(one, change);
      if (one.kind === 'app-removed' && !isSwitchedOff(one, change)) yield goneApp(one, change);
    }
    yield* changedFields(change);
  },
};

function goneTarget({ clusterType, targets, apps, twin }: TargetChange, { rows, sequence, before }: JudgedChange): Finding {
  const isOfHubs = before.fleet.topology === 'hub-and-spoke';
  const path = commonNode(targets);
  const inside = rows.filter(({ item, target }) => item.clusterType === clusterType && targets.includes(target));
  return {
    message: `${few(sequence.sorted(targets))} of ${clusterType} ${targets.length === 1 ? 'leaves' : 'leave'} with ${plural(apps, 'app')}${twin === undefined ? '' : `; ${twin} comes, and is another one to Argo CD`}`,
    what: `${clusterType}/*`,
    path,
    targets,
    found: isOfHubs
      ? 'Argo CD forgets the cluster: what runs there keeps running, and nobody manages it'
      : 'Argo CD finds no chart there any more: what runs keeps running, and nobody manages it',
    hint: `switch its apps off first, and take it out when nothing is deployed any more: \`npx fleet retire ${path}\` says the steps`,
    digest: digestOf([effectDigest(inside), ...targets].join('\n')),
  };
}

/** An app that its layers disable is there still: that goes along the sequence. An app that another Argo CD deploys is, too. */
function isSwitchedOff({ clusterType, app, targets }: AppChange, { sides }: JudgedChange): boolean {
  const item = { clusterType, app };
  return targets.every((target) => sides.after.has(item, target) || (sides.after.isKnown(item) && sides.after.targets(clusterType).includes(target)));
}

function goneApp(change: AppChange, { sides, rows, sequence }: JudgedChange): Finding {
  const { clusterType, app, targets, twin } = change;
  const path = commonNode(targets);
  const inside = rows.filter(({ item, target }) => item.clusterType === clusterType && item.app === app && targets.includes(target));
  const [target = ''] = targets;
  const [fields] = sides.before.fields({ clusterType, app }, [target]).get(target) ?? [];
  return {
    message: `'${app}' leaves ${few(sequence.sorted(targets))}${twin ? `; '${twin.app}' comes, and is another one to Argo CD` : ''}`,
    what: whatOf(change),
    path,
    targets,
    found: deletes(fields?.get('finalizers'))
      ? 'Argo CD removes the Application, and by its finalizer everything that it deployed'
      : 'Argo CD removes the Application and leaves what it deployed behind: nobody manages it any more',
    hint: `switch it off along the sequence first: \`npx fleet retire ${app}\` says the steps`,
    digest: digestOf([effectDigest(inside), ...targets].join('\n')),
  };
}

function deletes(finalizers: unknown): boolean {
  return Array.isArray(finalizers) && finalizers.some((one) => typeof one === 'string' && one.startsWith('resources-finalizer.argocd.argoproj.io'));
}

/** A kind of field that decides whose workloads are whose. */
interface Kind {
  readonly name: string;
  readonly matches: (field: string) => boolean;
  /** What it says where it says nothing. */
  readonly unset?: boolean;
  readonly consequence: string;
  readonly hint: string;
}

const kinds: readonly Kind[] = [
  {
    name: 'destination',
    matches: (field) => /^destination\.(server|name)$/.test(field),
    consequence: 'Argo CD deploys it anew in the other cluster, and leaves what runs in the old one behind',
    hint: 'let another app bring it to the new place, and switch this one off along the sequence',
  },
  {
    name: 'namespace',
    matches: (field) => field === 'destination.namespace',
    consequence: 'Argo CD deploys it anew in the other namespace, and prunes what is in the old one, or leaves it behind',
    hint: 'let another app bring it to the new namespace, and switch this one off along the sequence',
  },
  {
    name: 'project',
    matches: (field) => field === 'project',
    consequence: 'Argo CD stops at what the other AppProject does not permit',
    hint: 'see that the AppProject permits its sources, destinations and kinds, and allow it',
  },
  {
    name: 'name',
    matches: (field) => field === 'metadata.name' || field === 'namespace' || /(^|\.)releaseName$/.test(field),
    consequence: 'to Argo CD and Helm it is another one: what the old one deployed goes or stays behind, and is deployed anew',
    hint: 'keep the name; a new name is a new app, and the old one is switched off along the sequence',
  },
  {
    name: 'pruning',
    matches: (field) => field === 'syncPolicy.automated.prune',
    unset: false,
    consequence: 'Argo CD begins, or ceases, to delete what is rendered no more',
    hint: 'look at what is out of sync first, and allow it',
  },
  {
    name: 'self-heal',
    matches: (field) => field === 'syncPolicy.automated.selfHeal',
    unset: false,
    consequence: 'Argo CD begins, or ceases, to undo what is changed in the cluster',
    hint: 'look at what is out of sync first, and allow it',
  },
  {
    name: 'automated sync',
    matches: (field) => field === 'syncPolicy.automated' || field === 'syncPolicy.automated.enabled',
    consequence: 'Argo CD begins, or ceases, to apply what Git says',
    hint: 'look at what is out of sync first, and allow it',
  },
  {
    name: 'finalizers',
    matches: (field) => field === 'finalizers',
    consequence: 'with it goes what Argo CD deletes with the Application, or what it leaves',
    hint: 'say in the message what is meant to happen with the workloads, and allow it',
  },
  {
    name: 'selector',
    matches: (field) => /^generators(\.|$)/.test(field),
    consequence: 'clusters that match no more lose what they got, or keep it without anybody to manage it',
    hint: 'compare the clusters of before and after (`npx fleet clusters`), and allow it',
  },
];

function* changedFields({ sequence, contributions }: JudgedChange): Generator<Finding> {
  for (const kind of kinds) {
    for (const contribution of contributions) {
      const found = contribution.rows.filter((row) => !row.isNew && row.field !== rendered && row.item.object === undefined && isOfKind(row, kind));
      const [first] = found;
      if (!first) continue;
      const targets = sequence.sorted(targetsOf(found));
      const path = commonNode(targets);
      const steps = [...new Set(found.map(stepText))];
      yield {
        message: `the ${kind.name} changes at ${few(targets)}: ${few(steps)}`,
        what: whatOf(contribution),
        path,
        targets,
        found: kind.consequence,
        hint: kind.hint,
        digest: effectDigest(below(found, path)),
        row: first,
      };
    }
  }
}

function isOfKind({ field, before, after }: Row, { matches, unset }: Kind): boolean {
  if (!matches(inApplication(field))) return false;
  return unset === undefined || (before ?? unset) !== (after ?? unset);
}

/** What the template of an ApplicationSet says, its Applications say. */
function inApplication(field: string): string {
  const keys = fieldKeys(field) ?? [];
  if (keys[0] !== 'template') return field;
  if (keys[1] === 'spec') return field.slice('template.spec.'.length);
  const own = field.slice('template.metadata.'.length);
  return own === 'name' ? 'metadata.name' : own;
}

function stepText({ before, after }: Row): string {
  const text = (value: unknown) => (value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value));
  return `${text(before)} → ${text(after)}`;
}
