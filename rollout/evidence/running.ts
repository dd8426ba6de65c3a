import { isInNamespace, isOfPresent, labelOf, mapOf, nameOf, saidIn, statusOf, syncing, textOf, type Unread } from './application';
import type { Applications } from './applications';
import type { RenderedApplication } from './argo-cd';
import { behindOf } from './behind';
import { Belonging } from './belonging';
import { differences, type SpecDifference } from './same-spec';
import { type SecretPlace, withoutSecrets } from './shown';

/** An Application that Git has rendered for a target. */
export interface OwnedApplication extends RenderedApplication {
  readonly clusterType: string;
  /** @default - it is a root */
  readonly app?: string;
}

/** What the Argo CD of one deployer has of a target, as Git has rendered it. */
export interface RenderedPart {
  /** The folder that the root applies, from the top of the repository. */
  readonly folder: string;
  readonly rendered: readonly OwnedApplication[];
}

/** How an Application of a target runs. */
export interface RunningApplication {
  /** As Argo CD calls it; one that is missing, as it is rendered. */
  readonly name: string;
  /** @default - nobody knows: Git does not render it */
  readonly clusterType?: string;
  /** @default - it is a root, or Git does not render it */
  readonly app?: string;
  /** `missing`: Git has it, and Argo CD has not. `left over`: the other way round. */
  readonly is: 'there' | 'missing' | 'left over';
  /** In Argo CD's words. */
  readonly health: string;
  readonly sync: string;
  /** What Argo CD says of it where it is not well; of one that is missing, how many others there are. */
  readonly why?: string;
  /** Which Argo CD has it. @default - the target has no other */
  readonly server?: string;
  /** Where its spec is not what Git has rendered. */
  readonly differs: readonly SpecDifference[];
  /** How far it is behind what Git has of the files that it reads there. @default - it is not, as far as is known */
  readonly behind?: string;
  /** A commit that it has synced and that this clone does not know. @default - it knows all */
  readonly unread?: string;
}

/** Which of the Applications that Git does not render are a target's all the same. */
export type Owner =
  /** Those that its root applies. */
  | 'root'
  /** Those with its label; another one says of which group they are. */
  | { readonly label: string; readonly value: string; readonly group: string };

export interface RunningFacts {
  readonly applications: Applications;
  /** The Git repository of the fleet. */
  readonly repository: string;
  readonly owner: Owner;
  /** Whether an Argo CD of the target gave no answer: what is not there may be in that one. */
  readonly isPartial: boolean;
  /** The files that Git has otherwise than a commit. @returns `undefined` where this clone does not know the commit */
  changedSince(commit: string): readonly string[] | undefined;
  /** What of a spec is secret, and is not shown. */
  secretsIn(spec: unknown): readonly SecretPlace[];
  /** Which Argo CD gave one out, where a target has several. @default - it has one */
  readonly serverOf?: (application: Unread) => string | undefined;
}

/** Whether an Application is Synced and Healthy, and what Git has rendered. */
export function isAsGitHasIt({ is, health, sync, why, differs, behind }: RunningApplication): boolean {
  const isWell = health === 'Healthy' && sync === 'Synced' && why === undefined;
  return is === 'there' && isWell && differs.length === 0 && behind === undefined;
}

/**
 * Whether an Argo CD has anything of a target: a root, or an Application that is rendered there or says that it is the target's.
 *
 * @param all what all Argo CDs of the target have: the root may be in one, and what it brings in others
 */
export function hasAny(
  parts: readonly RenderedPart[],
  { applications, repository, owner }: Pick<RunningFacts, 'applications' | 'repository' | 'owner'>,
  all: Applications = applications,
): boolean {
  if (owner !== 'root' && applications.labelled(owner.label, owner.value).length > 0) return true;
  if (parts.some(({ folder }) => applications.applying({ repository, folder }).length > 0)) return true;
  const rendered = parts.flatMap((part) => part.rendered);
  const belonging = new Belonging(all, rootsOf(parts, { applications: all, repository, owner }), rendered);
  return rendered.some((one) => belonging.of(one, applications).length > 0);
}

function rootsOf(parts: readonly RenderedPart[], { applications, repository, owner }: Pick<RunningFacts, 'applications' | 'repository' | 'owner'>) {
  return owner === 'root' ? parts.flatMap(({ folder }) => applications.applying({ repository, folder })) : [];
}

/** The Applications of a target in one Argo CD, or in several that are one to it. @param parts whose roots are there */
export function runningApplications(parts: readonly RenderedPart[], facts: RunningFacts): readonly RunningApplication[] {
  const { applications, owner, isPartial } = facts;
  const rendered = parts.flatMap((part) => part.rendered);
  const roots = rootsOf(parts, facts);
  const belonging = new Belonging(applications, roots, rendered);
  const own = new Set<Unread>();
  const known = rendered.flatMap((one): readonly RunningApplication[] => {
    const found = belonging.of(one);
    for (const application of found) own.add(application);
    const there = found.map((application) => ({ ...ownerOf(one), ...runningOne(application, facts, one.spec) }));
    const wanted = belonging.wanted(one);
    return isPartial || there.length >= wanted ? there : [...there, missingOne(one, there.length, wanted)];
  });
  // Where a root has it, the root need not say in which namespace.
  const isKnown = (one: Unread) =>
    own.has(one) || rendered.some(({ name, namespace }) => name === nameOf(one) && (owner === 'root' || isInNamespace(one, namespace)));
  const others = owner === 'root' ? belonging.ofRoots() : applications.labelled(owner.label, owner.value);
  const left = others.filter((one) => !isKnown(one));
  return [...roots.map((root) => runningOne(root, facts)), ...known, ...left.map((one) => leftOver(one, facts))];
}

/** @param spec that is rendered for it. @default - nobody can compute it here */
function runningOne(application: Unread, { repository, changedSince, secretsIn, serverOf }: RunningFacts, spec?: unknown): RunningApplication {
  const { sync, health } = statusOf(application);
  const [why, server] = [whyNot(application), serverOf?.(application)];
  return {
    name: nameOf(application),
    is: 'there',
    health: textOf(health.status) || 'Unknown',
    sync: textOf(sync.status) || 'Unknown',
    ...(why === undefined ? {} : { why }),
    ...(server === undefined ? {} : { server }),
    differs: spec === undefined ? [] : withoutSecrets([...differences(application.spec, spec)], () => secretsIn(application.spec)),
    ...behindOf(application, repository, changedSince),
  };
}

function missingOne(rendered: OwnedApplication, there: number, wanted: number): RunningApplication {
  const why = there === 0 ? {} : { why: `there are ${there} of ${wanted}` };
  return { ...ownerOf(rendered), name: rendered.name, is: 'missing', health: 'Missing', sync: 'Unknown', ...why, differs: [] };
}

function leftOver(application: Unread, facts: RunningFacts): RunningApplication {
  const { owner } = facts;
  const clusterType = owner === 'root' ? undefined : labelOf(application, owner.group);
  return { ...runningOne(application, facts), ...(clusterType === undefined ? {} : { clusterType }), is: 'left over' };
}

function ownerOf({ clusterType, app }: OwnedApplication): Pick<RunningApplication, 'clusterType' | 'app'> {
  return { clusterType, ...(app === undefined ? {} : { app }) };
}

/** What stands in the way, of several things the one that explains most. */
function whyNot(application: Unread): string | undefined {
  const { sync, health, operationState, conditions } = statusOf(application);
  const { phase, message } = operationState;
  const error = conditions.find(({ type }) => textOf(type).endsWith('Error'));
  if (error !== undefined) return `${textOf(error.type)}: ${saidIn(error.message)}`;
  if (phase === 'Failed' || phase === 'Error') return `its sync failed: ${saidIn(message)}`;
  if (isBeingDeleted(application)) return 'it is being deleted';
  const operation = syncing(application);
  if (operation !== undefined) return `it ${operation}`;
  if (!isOfPresent(application, mapOf(sync.comparedTo))) return 'it has changed since Argo CD looked at it';
  return health.status !== 'Healthy' && textOf(health.message) !== '' ? saidIn(health.message) : undefined;
}

function isBeingDeleted({ metadata }: Unread): boolean {
  return typeof metadata === 'object' && metadata !== null && 'deletionTimestamp' in metadata;
}
