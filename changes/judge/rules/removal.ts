import { fieldKeys } from '../../../layers/record';
import { plural } from '../../../layers/text/problem-text';
import type { AppChange, TargetChange, Twin } from '../../change';
import { appKey } from '../../compare/pairs';
import { fieldsIn } from '../../fields-in';
import type { StateFile } from '../../state';
import { isOfArgoCD, type Workloads, workloadsOf } from '../../what-goes';
import { digestOf, effectDigest } from '../effect';
import { whatOf } from '../had';
import { marked, objectOf, rowsOfMarked, textsOf } from '../marked';
import { momentsOf, ownedFields, prunes } from '../owned-fields';
import { type Row, rendered } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { uninstallingFindings } from '../uninstalling';
import { unseenObjects } from '../unseen-objects';
import { below, comingFrom, few, shownRow, targetsOf } from '../words';

/** Nothing takes workloads away, or makes Argo CD another one's, by the way. */
export const removal: Rule = {
  id: 'removal',
  what: 'no app, no target and no object that holds data leaves; nothing changes its destination, namespace, project or name, its sync, pruning or self-heal, its finalizers or selector',
  why: 'Argo CD deletes, moves or forgets what runs, and no later commit brings it back',
  wayOut: 'switch it off along the sequence first (`enabled: false`), and take it out where nothing is deployed any more: `npx fleet retire`',
  *judge(change: JudgedChange): Generator<Finding> {
    yield* goneApps(change);
    yield* goneObjects(change);
    yield* unseenObjects(change);
  },
};

/** The part of it that is about apps and targets. */
export const removalOfApps: Rule = { ...removal, judge: goneApps };

/** The part of it that is about the objects of apps. */
export const removalOfObjects: Rule = {
  ...removal,
  *judge(change: JudgedChange): Generator<Finding> {
    yield* goneObjects(change);
    yield* unseenObjects(change);
  },
};

function* goneApps(change: JudgedChange): Generator<Finding> {
  for (const one of change.changes) {
    if (one.kind === 'target-removed' && deployedAt(one, change).length > 0) yield goneTarget(one, change);
    if (one.kind !== 'app-removed') continue;
    if (isSwitchedOff(one, change)) yield* uninstallingFindings(one, change);
    else yield goneApp(one, change);
  }
  yield* changedFields(change);
}

/** What targets that leave deploy, but for what Argo CD needs to take anything away: that stays until the end. */
function deployedAt({ clusterType, targets }: TargetChange, { sides: { before } }: JudgedChange): readonly StateFile[] {
  const files = targets.flatMap((target) => before.filesAt(clusterType, target).filter((file) => before.itemOf(file).object === undefined));
  if (before.state.fleet.topology === 'hub-and-spoke') return files;
  const contents = before.state.read(files);
  return files.filter((file, index) => !isOfArgoCD(fieldsIn(contents[index] ?? {}, {}), file.target));
}

function goneTarget(one: TargetChange, change: JudgedChange): Finding {
  const { clusterType, targets, twin } = one;
  const { rows, sequence, before } = change;
  const isHub = before.fleet.topology === 'hub-and-spoke';
  const path = sequence.commonNode(targets);
  const apps = deployedAt(one, change).length;
  const inside = rows.filter(({ item, target }) => item.clusterType === clusterType && targets.includes(target));
  return {
    message: `${few(sequence.sorted(targets))} of ${clusterType} ${targets.length === 1 ? 'leaves' : 'leave'} with ${plural(apps, 'app')}${twin === undefined ? '' : `; ${twin} comes, and is another one to Argo CD`}`,
    what: `${clusterType}/*`,
    path,
    targets,
    found: isHub
      ? 'the hub forgets the cluster and its Applications: what runs there keeps running, and nobody manages it'
      : 'Argo CD finds no chart there any more: what runs keeps running, and nobody manages it',
    hint: isHub
      ? `\`npx fleet retire ${(sequence.sorted(targets)[0] ?? '').split('/').at(-1)}\` says what to wait for before and after; then allow it`
      : `switch its apps off first, and take it out when nothing is deployed any more: \`npx fleet retire ${path === '*' ? 'PATH' : path}\` makes both commits`,
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
  const item = { clusterType, app };
  const inside = rows.filter((row) => row.item.clusterType === clusterType && row.item.app === app && targets.includes(row.target));
  const isHub = sides.before.state.fleet.topology === 'hub-and-spoke';
  const isLast = !isHub && targets.some((target) => (sides.after.filesAt(clusterType, target) ?? []).length === 0);
  const fates = new Set([...sides.before.fields(item, targets).values()].flatMap((all) => all.map(workloadsOf)));
  return {
    message: `'${app}' leaves ${few(sequence.sorted(targets))}${twin ? `; ${twinText(change, twin)}` : ''}`,
    what: whatOf(change),
    path: sequence.commonNode(targets),
    targets,
    found: `${goneText(fates)}${isLast ? '; a target that it leaves empty is not emptied before somebody syncs its root with pruning' : ''}`,
    hint: twin
      ? keepHint(change, twin, isHub)
      : `switch it off along the sequence first: \`npx fleet retire ${clusterType} ${app}\` makes one commit after the other`,
    digest: digestOf([effectDigest(inside), ...targets].join('\n')),
  };
}

function goneText(fates: ReadonlySet<Workloads>): string {
  if (fates.size > 1)
    return 'Argo CD removes its Applications: where they have the finalizer with all that they deployed, and elsewhere that stays and nobody manages it';
  if (fates.has('go')) return 'Argo CD removes the Application, and by its finalizer everything that it deployed';
  if (fates.has('none')) return 'Argo CD removes the project, and refuses whatever Application names it still';
  return 'Argo CD removes the Application and leaves what it deployed behind: nobody manages it any more';
}

function twinText({ clusterType, app }: AppChange, twin: Twin): string {
  const other = twin.clusterType === clusterType ? `'${twin.app}'` : `'${twin.app}' of ${twin.clusterType}`;
  return `${other} comes${twin.app === app ? '' : ', and is another one to Argo CD'}`;
}

/** How an app keeps its Application, or else goes and comes. */
function keepHint({ clusterType, app }: AppChange, twin: Twin, isHub: boolean): string {
  const steps = `\`npx fleet retire ${clusterType} ${app}\` makes the commits by which the old one goes, and the new one comes switched off first`;
  if (twin.clusterType !== clusterType) return `keep it in ${clusterType}; or ${steps}`;
  if (isHub) return `keep the name of the component; or ${steps}`;
  return `keep the name of the app: a file of another name says \`apps: { '${app}': { … } }\`, and in YAML its folder is called as you like; or ${steps}`;
}

function* changedFields(change: JudgedChange): Generator<Finding> {
  const { sequence, contributions } = change;
  const own = contributions.map(({ rows }) => rows.filter((row) => !row.isNew && row.field !== rendered && row.item.object === undefined));
  const fields = new Set(own.flatMap((rows) => rows.map(({ field }) => field)));
  for (const kind of ownedFields) {
    const named = new Set([...fields].filter((field) => kind.matches(inApplication(field))));
    if (named.size === 0) continue;
    for (const [index, contribution] of contributions.entries()) {
      const found = (own[index] ?? []).filter((row) => named.has(row.field) && (kind.differs === undefined || kind.differs(row, momentsOf(row, change))));
      const [first] = found;
      if (!first) continue;
      const targets = sequence.sorted(targetsOf(found));
      const path = sequence.commonNode(targets);
      const steps = [...new Set(found.map(stepText))];
      const consequences = [...new Set(found.map((row) => kind.consequence(row, momentsOf(row, change))))];
      yield {
        message: `the ${kind.name} changes at ${few(targets)}: ${few(steps)}`,
        what: whatOf(contribution),
        path,
        targets,
        found: consequences.join('; elsewhere '),
        hint: kind.hint,
        digest: effectDigest(below(found, path)),
        row: first,
      };
    }
  }
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

const keepIt = 'keep it, or let it stay in the cluster: its annotation `argocd.argoproj.io/sync-options: Prune=false` goes first';

/** How an object takes away what it holds. */
const ways = {
  gone: { verb: 'leaves', hint: keepIt },
  other: { verb: 'becomes another object at', hint: keepIt },
  anew: { verb: 'may be deleted and made anew at', hint: 'leave that annotation out' },
  emptied: { verb: 'loses what it holds at', hint: 'keep `Retain`, or save what is in the volumes first, and allow it' },
} as const;

function* goneObjects({ changes, sides, sequence, rows, after: { unseen } }: JudgedChange): Generator<Finding> {
  for (const change of marked(changes, 'removal')) {
    const found = rowsOfMarked(change, rows);
    const item = { clusterType: change.clusterType, app: change.app };
    const apps = sides.after.fields(item, change.targets);
    const isOther = change.kind === 'field';
    const { verb, hint } =
      ways[change.marks?.some((mark) => mark.isAnew) ? 'anew' : change.marks?.some((mark) => mark.isEmptied) ? 'emptied' : isOther ? 'other' : 'gone'];
    const isStaying = verb === ways.anew.verb || verb === ways.emptied.verb;
    for (const isPruned of [true, false]) {
      const isTold = (target: string) => !unseen?.has(appKey({ clusterType: change.clusterType, target }, change));
      const targets = sequence.sorted(change.targets.filter((target) => isTold(target) && (isStaying || (apps.get(target) ?? []).some(prunes)) === isPruned));
      if (targets.length === 0) continue;
      const path = sequence.commonNode(targets);
      const own = found.filter(({ target }) => targets.includes(target));
      yield {
        message: `${objectOf(change)} ${verb} ${few(targets)}`,
        what: whatOf(item),
        path,
        targets,
        found: `${
          isStaying
            ? textsOf(change, 'removal')
            : isPruned
              ? `Argo CD prunes ${isOther ? 'the old one' : 'it'}, and ${textsOf(change, 'removal')}`
              : `Argo CD leaves ${isOther ? 'the old one' : 'it'} behind, out of sync, until somebody syncs the app with pruning`
        }${comingFrom(own)}`,
        hint,
        digest: effectDigest(below(own, path)),
        ofObjects: true,
        ...shownRow(own),
      };
    }
  }
}
