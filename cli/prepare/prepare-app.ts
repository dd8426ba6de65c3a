import { FleetError, HubFleet } from '../../constructs';
import { objectName } from '../../constructs/check/allowed-names';
import { isAtOrBelow } from '../../layers/hierarchy';
import { withArticle } from '../../layers/text/with-article';
import { addApp } from '../../store/edit/add-app';
import { addPatch } from '../../store/edit/add-patch';
import { Edits } from '../../store/edit/edits';
import { findClusterType } from '../read/find-app';
import type { LoadedFleet } from '../read/load-fleet';
import { type AppFlags, type AppSource, appSource } from '../read/new/app-source';
import { formOf } from '../read/new/form';
import { nodesOf } from '../read/nodes-of';
import { stepText } from '../read/patches/step-text';
import { treeOf } from '../read/setting';
import { approvable, approvedPaths } from './approvals';
import type { Change } from './change';
import { prove } from './prove';
import { startOf } from './start-path';
import { expectThawed } from './thawed';

/** The flags of `fleet new app`. */
export interface NewAppFlags extends AppFlags {
  readonly config: string;
  readonly asPatch?: boolean;
  readonly disabled?: boolean;
  readonly approve: readonly string[];
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A new app, decided and proved. */
export interface PreparedApp {
  readonly clusterType: string;
  readonly app: string;
  readonly source: AppSource;
  readonly namespace: string;
  readonly file: string;
  /** Where it is rendered from now on. */
  readonly targets: readonly string[];
  /** Where its patch starts. @default - it has none */
  readonly start?: string;
  /** Manual nodes that it would enter and that nobody has approved: it waits for them. */
  readonly open: readonly string[];
  readonly change: Change;
}

/** The patch by which an app comes that is promoted. */
const firstPatch = 'patch-001';

/** Decides and proves a new app; writes nothing. @param now what the clock says @throws FleetError where there cannot be such an app */
export function prepareApp(fleet: LoadedFleet, clusterTypeName: string, name: string, flags: NewAppFlags, now: Date): PreparedApp {
  const clusterType = findClusterType(fleet.output, clusterTypeName);
  expectFreeApp(fleet, clusterType, name);
  if (flags.asPatch && flags.disabled) throw failure('--as-patch and --disabled cannot both be given', 'one of them');
  const approved = approvedPaths(approvable(fleet.output), flags.approve);
  const source = appSource(fleet, name, flags);
  const namespace = flags.namespace ?? name;
  const all = fleet.output.targetsOf(clusterType).map(({ path }) => path);
  const start = flags.asPatch ? startOf(fleet, all, undefined) : undefined;
  const edits = new Edits();
  const isEverywhere = !flags.asPatch && !flags.disabled;
  const targets = start?.targets ?? (isEverywhere ? all : []);
  expectThawed(nodesOf(fleet), targets, `'${name}' cannot come to ${start?.path ?? 'every target'}`, now);
  const file = writeApp(edits, fleet, { clusterType, name, source, namespace, isEverywhere }, flags);
  if (start !== undefined) {
    const place = { form: formOf(flags.config), file, app: name, isGroup: false, kind: 'Application' } as const;
    addPatch(edits, place, { name: firstPatch, description: `Introduces ${name}`, paths: start.paths, change: { enabled: true } });
  }
  // Of what the other apps are, nothing may change; what injects values into them may.
  const proof = prove(fleet, edits, { clusterType, targets: all });
  const open = gatesOf(fleet, targets).filter((gate) => !approved.includes(gate));
  return {
    clusterType,
    app: name,
    source,
    namespace,
    file,
    targets,
    start: start && stepText(start),
    open,
    change: { edits, proof, message: `${clusterType}/${name}: add it` },
  };
}

interface AppParts {
  readonly clusterType: string;
  readonly name: string;
  readonly source: AppSource;
  readonly namespace: string;
  readonly isEverywhere: boolean;
}

export function writeApp(
  edits: Edits,
  { fleet, config }: LoadedFleet,
  { clusterType, name, source, namespace, isEverywhere }: AppParts,
  flags: AppFlags,
): string {
  const { description, owner: owners } = flags;
  const { repoURL, chart, path, targetRevision } = source;
  const settings = treeOf(flags.set, () => undefined);
  if (fleet instanceof HubFleet) {
    const isOwn = path !== undefined && repoURL === fleet.repository;
    const own = isOwn ? { path } : { repoURL, ...(chart === undefined ? { path } : { chart }), version: targetRevision };
    const fields = merged({ ...own, namespace, ...(isEverywhere ? { overrides: { '*': { enabled: true } } } : {}) }, settings);
    return addApp(edits, config, 'typescript', { clusterType, name, type: 'ComponentConfig', description, owners, fields });
  }
  const from = { repoURL, ...(chart === undefined ? { path } : { chart }), targetRevision };
  const fields = merged({ ...(isEverywhere ? {} : { enabled: false }), source: from, destination: { namespace } }, settings);
  return addApp(edits, config, formOf(config), { clusterType, name, type: 'FleetAppConfig', description, owners, fields });
}

type Fields = { readonly [key: string]: unknown };

function merged(fields: Fields, settings: Fields): Fields {
  const made: { [key: string]: unknown } = { ...fields };
  for (const [key, value] of Object.entries(settings)) made[key] = isFields(made[key]) && isFields(value) ? merged(made[key], value) : value;
  return made;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws FleetError where an app cannot have the name, or one has it */
export function expectFreeApp({ output }: LoadedFleet, clusterType: string, name: string): void {
  const noun = output.hasMembers ? 'component' : 'app';
  if (!objectName.pattern.test(name) || name === 'defaults') {
    throw new FleetError([{ code: 'invalid-name', message: `'${name}' cannot name ${withArticle(noun)}`, place: [], expected: objectName.rule }]);
  }
  const names = output.appNames(clusterType).flatMap((file) => [file, ...output.apps(clusterType, file).map((app) => app.name)]);
  const twin = names.find((one) => one.toLowerCase() === name.toLowerCase());
  if (twin === undefined) return;
  const message = `${clusterType} has ${withArticle(noun)} '${twin}' already`;
  throw new FleetError([{ code: 'duplicate-name', message, place: [], hint: 'edit it, or choose another name' }]);
}

/** The gates that targets lie behind. */
function gatesOf({ output }: LoadedFleet, targets: readonly string[]): readonly string[] {
  return output.hierarchy.gates.filter((gate) => targets.some((target) => isAtOrBelow(target, gate)));
}

function failure(message: string, expected: string): FleetError {
  return new FleetError([{ code: 'rollout', message, place: [], expected, hint: 'nothing was written' }]);
}
