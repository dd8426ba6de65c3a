import type { Content, State, StateFile } from '../../../changes/state';
import { subjectOf } from '../../../changes/state';
import { HubFleet } from '../../../constructs';
import type { Answer, ArgoCDOptions } from '../../../layers/law/evidence';
import { isMap } from '../../../layers/plain-data';
import { answerOfArgoCD, type RenderedApplication, worstOf } from '../../../rollout/evidence/argo-cd';
import type { Reply } from '../../../store/evidence/ask-all';
import type { LoadedFleet } from '../load-fleet';
import { type Ask, type Asking, type AskingProblems, jsonOf } from './asking';

/** What evidence of Argo CD is judged by, besides what it says. */
export interface ArgoCDPlace {
  readonly fleet: LoadedFleet;
  /** What is rendered at the targets that are asked about. */
  readonly state: State;
  /** Whether a commit contains the change, at a target. @returns `undefined` where that cannot be told; a text where the change is in no commit yet */
  contains(ask: Ask, commit: string): boolean | undefined | string;
}

/** What a target has of a change, in the Argo CD that has it. */
interface Part {
  /** The folder that the root applies. */
  readonly folder: string;
  readonly rendered: readonly RenderedApplication[];
}

export function askArgoCD(ask: Ask, options: ArgoCDOptions, place: ArgoCDPlace, problems: AskingProblems): Asking {
  const { server } = options;
  const { fleet } = place.fleet;
  const said = typeof server === 'string' ? server : problems.call(ask, 'server', () => server(ask.step.at) as unknown);
  const servers: readonly unknown[] = said === undefined ? [] : Array.isArray(said) ? said : [said];
  const parts = partsAt(ask, place);
  // Those of the fleet's own repository, and those of the target: where clusters have labels, of this one alone.
  const label = fleet instanceof HubFleet ? `?selector=${encodeURIComponent(`${fleet.labelPrefix}/cluster=${nameIn(ask)}`)}` : '';
  const paths = [`?repo=${encodeURIComponent(fleet.repository)}`, label].map((query) => `/api/v1/applications${query}`);
  const questions = servers.flatMap((one) => paths.flatMap((path) => problems.question(ask, one, path, options) ?? []));
  return {
    questions,
    answer: (replies) => {
      const lists = replies.map(applicationsIn);
      const silent = lists.find((list) => 'none' in list);
      if (silent && 'none' in silent) return { is: 'no-answer', why: silent.none };
      const all = lists.flatMap((list) => ('items' in list ? list.items : []));
      const applications = [...new Map(all.map((one, index) => [idOf(one) ?? String(index), one])).values()];
      return judged(ask, parts, applications, place);
    },
  };
}

function judged(ask: Ask, parts: readonly Part[], applications: readonly unknown[], place: ArgoCDPlace): Answer {
  let uncommitted: string | undefined;
  const contains = (commit: string) => {
    const found = place.contains(ask, commit);
    if (typeof found !== 'string') return found;
    uncommitted = found;
    return false;
  };
  const answer = worstOf(parts.map((part) => answerOfArgoCD({ ...part, applications, repository: place.fleet.fleet.repository, contains })));
  return uncommitted === undefined || answer.is !== 'not-yet' ? answer : { is: 'not-yet', why: uncommitted };
}

function applicationsIn(reply: Reply): { readonly items: readonly unknown[] } | { readonly none: string } {
  const said = jsonOf(reply, (body) => (isMap(body) && typeof body.message === 'string' ? `it answers: ${body.message}` : undefined));
  if ('none' in said) return said;
  const { body } = said;
  if (!isMap(body) || !('items' in body)) return { none: 'it does not answer as Argo CD does' };
  return { items: Array.isArray(body.items) ? body.items : [] };
}

function idOf(application: unknown): string | undefined {
  const metadata = isMap(application) && isMap(application.metadata) ? application.metadata : {};
  return typeof metadata.uid === 'string' ? metadata.uid : undefined;
}

/** The Applications of a change at a target, by who deploys them: a folder each. */
function partsAt(ask: Ask, { fleet: { fleet, output }, state }: ArgoCDPlace): readonly Part[] {
  const { clusterType, target } = { ...ask.view.state, target: ask.asked.target };
  const files = state.files.filter((file) => file.clusterType === clusterType && file.target === target);
  const isHub = fleet instanceof HubFleet;
  const all = files.flatMap((file) => {
    const { app, object, deployer = '' } = subjectOf(file, state.fleet.topology);
    return object === undefined ? [{ app, deployer, file }] : [];
  });
  const own = all.filter(({ app }) => ask.view.apps.includes(app));
  // What is said of a group, its release say, is about whatever the target has of it.
  const asked = own.length === 0 && isHub ? all : own;
  if (!isHub) return [{ folder: `${fleet.path}/${clusterType}/${target}`, rendered: asked.flatMap(({ file }) => renderedIn(file, state, ask)) }];
  const deployers = asked.length === 0 ? [hubOf(ask)] : [...new Set(asked.map(({ deployer }) => deployer))];
  return deployers.map((deployer) => {
    const kind = output.members.find(({ name }) => name === deployer)?.kind ?? 'hub';
    const theirs = asked.filter((one) => one.deployer === deployer);
    return { folder: `${fleet.path}/${kind}s/${deployer}/argocd`, rendered: theirs.flatMap(({ file }) => renderedIn(file, state, ask)) };
  });
}

function renderedIn(file: StateFile, state: State, ask: Ask): readonly RenderedApplication[] {
  const [content = {}] = state.read([file]);
  const { kind, metadata, spec, values, templatePatch } = content as Content & { readonly metadata?: { readonly name?: unknown } };
  if (kind !== 'Application' || typeof metadata?.name !== 'string') return [];
  const fill = filling(nameIn(ask), isMap(values) ? values : {});
  return [{ name: fill(metadata.name), ...(templatePatch === undefined ? { spec: mapped(spec, fill) } : {}) }];
}

/** What a generator knows is filled in here; the rest may be anything. */
function filling(name: string, values: Readonly<Record<string, unknown>>): (text: string) => string {
  return (text) =>
    text.replace(/\{\{\s*\.(?:(name|nameNormalized)|values\.(\w+))\s*\}\}/g, (all, isName: string | undefined, key: string) => {
      const value = isName === undefined ? values[key] : name;
      return value === undefined ? all : String(value);
    });
}

function mapped(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, fill));
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, fill)])) : value;
}

function nameIn({ asked: { target } }: Ask): string {
  return target.slice(target.lastIndexOf('/') + 1);
}

function hubOf({ step }: Ask): string {
  return String((step.at as { readonly hub?: unknown }).hub ?? '');
}
