import type { WrapperComponent } from './components';
import { hoisted, usual } from './hoist';
import type { Homes } from './homes';
import type { WrapperMember } from './members';
import { dataFile, type NewFile } from './source';
import { setFields, type Use } from './use-of';
import { asMap, compact, type Data, difference, mapTexts, mergedAll, same, without } from './values';

/** What a component's file depends on besides the component. */
export interface ComponentPlan {
  readonly component: WrapperComponent;
  /** What it is called: unique in the fleet. */
  readonly name: string;
  readonly members: readonly WrapperMember[];
  readonly homes: Homes;
  /** What the group says for all of its components. */
  readonly syncPolicy: unknown;
  /** What releases say, by their names. */
  readonly pins: ReadonlyMap<string, string>;
  /** Whether it is of the group that deploys Argo CD and External Secrets. */
  readonly isBootstrap: boolean;
  readonly applicationName?: string;
  readonly enableLabel?: string;
}

export function pathOf({ tenant, environment, name }: WrapperMember): readonly string[] {
  return [tenant, environment, name];
}

/** The file of a component. */
export function componentFile(plan: ComponentPlan): NewFile {
  const { component, name, members } = plan;
  const { uses } = component;
  const base: { [field: string]: unknown } = {};
  const layers = new Map<string, { [field: string]: unknown }>();
  const at = (path: string, field: string, value: unknown) => layers.set(path, { ...layers.get(path), [field]: value });
  /** What is the same for most is said once, and where it differs what differs. */
  const say = (field: string, of: (use: Use) => unknown, isSaid: (value: unknown) => boolean = () => true) => {
    const most = usual(uses.map(of));
    if (isSaid(most)) base[field] = most;
    const differing = uses.map((use) => ({ path: pathOf(use.member), value: same(of(use), most) ? undefined : difference(most, of(use)) }));
    for (const [path, value] of hoisted(differing)) at(path, field, value);
  };
  const isFilled = (value: unknown) => value !== undefined && Object.keys(value as object).length > 0;
  const areAtHome = uses.every((use) => isAtHome(plan, use));
  say(
    'repoURL',
    ({ deployed }) => (areAtHome ? undefined : deployed.repoURL),
    (value) => value !== undefined,
  );
  say(
    'chart',
    ({ deployed }) => deployed.chart,
    (value) => value !== undefined,
  );
  say(
    'path',
    ({ deployed }) => deployed.path,
    (value) => value !== undefined,
  );
  sayVersions(plan, at);
  say('namespace', ({ deployed }) => deployed.namespace);
  base.project = usual(uses.map(({ deployed }) => deployed.project).filter((project) => project !== 'default'));
  base.enableLabel = plan.enableLabel;
  base.applicationName = plan.applicationName;
  for (const field of setFields) base[field] = usual(uses.map(({ deployed }) => deployed.set[field]));
  say(
    'syncPolicy',
    ({ deployed }) => deployed.syncPolicy,
    (value) => !same(value, plan.syncPolicy),
  );
  say('ignoreDifferences', ({ deployed }) => deployed.ignoreDifferences, isFilled);
  say('helm', ({ deployed: { releaseName } }) => (releaseName === undefined || releaseName === name ? {} : { releaseName }), isFilled);
  say('extraSources', ({ deployed }) => deployed.extraSources, isFilled);
  say('labels', ({ deployed }) => deployed.labels, isFilled);
  say('annotations', ({ deployed }) => deployed.annotations, isFilled);
  sayEnabled(plan, base, at);
  sayValues(plan, base, at);
  const tenants = [...new Set(members.map(({ tenant }) => tenant))];
  const order = [
    '*',
    ...tenants.flatMap((tenant) => [
      tenant,
      ...new Set(members.filter((one) => one.tenant === tenant).flatMap((one) => [`${tenant}/${one.environment}`, pathOf(one).join('/')])),
    ]),
  ];
  const overrides = Object.fromEntries([...layers].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
  const { values, enabled, ...fields } = base;
  const data = { ...compact(fields), ...(enabled === undefined ? {} : { enabled }), ...(values === undefined ? {} : { values }), ...compact({ overrides }) };
  return dataFile(`${component.group}/${name}.ts`, 'ComponentConfig', data);
}

/** What Argo CD would fill in, did it not stand in a file of values. */
const lookingLive = /\{\{(?:[^}]*\.(?:name|nameNormalized|server|project|metadata)\b|\s*(?:name|server)\s*\})/;

/** Whether it is a path in the repository that all of the cluster's is read from. */
function isAtHome({ homes }: ComponentPlan, { deployed: { path, repoURL, version }, member }: Use): boolean {
  const { repository, revision } = homes.of(member);
  return path !== undefined && repoURL === repository && version === revision;
}

type Say = (path: string, field: string, value: unknown) => void;

/** Releases say versions; a cluster that has another one says so. */
function sayVersions(plan: ComponentPlan, at: Say): void {
  const differing = plan.component.uses.map((use) => ({
    path: pathOf(use.member),
    value: isAtHome(plan, use) || plan.pins.get(use.instance.release) === use.deployed.version ? undefined : use.deployed.version,
  }));
  for (const [path, version] of hoisted(differing)) at(path, 'version', version);
}

function sayEnabled({ component: { uses }, members, isBootstrap }: ComponentPlan, base: { enabled?: unknown }, at: Say): void {
  const isEnabled = (member: WrapperMember) => uses.some((use) => use.member === member);
  if (isBootstrap && members.every((member) => isEnabled(member) === (member.kind === 'hub' || member.isRemote))) return;
  const most = usual(members.map(isEnabled)) ?? false;
  if (most) base.enabled = true;
  else if (isBootstrap) base.enabled = false;
  const differing = members.map((member) => ({ path: pathOf(member), value: isEnabled(member) === most ? undefined : !most }));
  for (const [path, value] of hoisted(differing)) at(path, 'enabled', value);
}

/**
 * The hierarchy of files becomes layers as it is. What the wrapper says itself beats all files: it stands in the base, and
 * what it hides of them is left out. Where a cluster gets more or less by that, its own layer says it.
 */
function sayValues({ component, members }: ComponentPlan, base: { values?: unknown; notTemplate?: unknown }, at: Say): void {
  const { uses, levelsOf } = component;
  if (uses.every(({ deployed }) => deployed.values === undefined)) return;
  const own = usual(uses.map((use) => use.own)) ?? {};
  const layers = new Map<string, unknown>([['', {}]]);
  const others: { [path: string]: string } = {};
  for (const member of members) {
    const [tenant = '', environment = '', name = ''] = pathOf(member);
    const paths = { all: '', tenants: '*', tenant, environment: `${tenant}/${environment}`, cluster: `${tenant}/${environment}/${name}` };
    for (const level of Object.keys(paths) as (keyof typeof paths)[]) {
      const files = levelsOf(member).filter((one) => one.level === level && one.file);
      const said = without(mergedAll(files.map(({ file }) => file?.content)), own);
      mapTexts(said, (text, place) => {
        if (lookingLive.test(text)) others[['values', ...place].join('.')] = 'a file of values said it, which Argo CD reads as it is';
      });
      if (said !== undefined && Object.keys(asMap(said)).length > 0) layers.set(paths[level], said);
    }
  }
  base.values = mergedAll([layers.get(''), own]);
  if (Object.keys(others).length > 0) base.notTemplate = others;
  for (const { member, deployed } of uses) {
    const [tenant, environment, name] = pathOf(member);
    const cluster = `${tenant}/${environment}/${name}`;
    const got = mergedAll([base.values, ...['*', `${tenant}`, `${tenant}/${environment}`, cluster].map((path) => layers.get(path))]);
    const rest = difference(got, deployed.values ?? {});
    if (rest !== undefined) layers.set(cluster, mergedAll([layers.get(cluster), rest]));
  }
  layers.delete('');
  for (const [path, values] of layers) at(path, 'values', values);
}

/** What a group says for all of its components. */
export function usualPolicy(components: readonly WrapperComponent[]): Data {
  return asMap(usual(components.flatMap(({ uses }) => uses.map(({ deployed }) => deployed.syncPolicy))));
}
