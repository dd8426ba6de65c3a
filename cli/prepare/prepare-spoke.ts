import { FleetError, HubFleet, type MemberView } from '../../constructs';
import { objectName } from '../../constructs/check/allowed-names';
import { addSpoke } from '../../store/edit/add-spoke';
import { Edits } from '../../store/edit/edits';
import { completeName } from '../read/complete-name';
import { findMember, membersOf } from '../read/find-member';
import type { LoadedFleet } from '../read/load-fleet';
import type { Change } from './change';
import { prove } from './prove';

/** The flags of `fleet new spoke`. */
export interface NewSpokeFlags {
  readonly config: string;
  readonly hub?: string;
  readonly tenant?: string;
  readonly environment?: string;
  readonly secret?: string;
  readonly model?: 'centralized' | 'distributed';
  readonly manages?: readonly string[];
  readonly label: Readonly<Record<string, string>>;
  readonly annotation: Readonly<Record<string, string>>;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** Where a spoke belongs. */
interface SpokePlace {
  readonly hub: string;
  readonly tenant: string;
  readonly environment: string;
}

type Given = Required<Pick<NewSpokeFlags, 'tenant' | 'environment' | 'secret'>>;

/** A new spoke, decided and proved. */
export interface PreparedSpoke extends SpokePlace {
  readonly name: string;
  /** Its secret in the secret manager, by name or ARN. */
  readonly secret: string;
  /** The file that declares it. */
  readonly file: string;
  /** The spoke as the fleet has it then. */
  readonly member: MemberView;
  readonly change: Change;
}

/** Decides and proves a new spoke; writes nothing. @throws FleetError where there cannot be such a spoke */
export function prepareSpoke(fleet: LoadedFleet, name: string, flags: NewSpokeFlags): PreparedSpoke {
  const members = membersOf(fleet.output);
  expectFreeName(name, members);
  const { secret, ...wanted } = expectGiven(name, flags);
  const node = placeOf(fleet, wanted);
  const place = { hub: hubOf(members, flags.hub), ...node };
  const edits = new Edits();
  const file = addSpoke(edits, flags.config, name, {
    ...place,
    secret,
    model: flags.model,
    manages: flags.manages,
    labels: noneIfEmpty(flags.label),
    annotations: noneIfEmpty(flags.annotation),
  });
  // Nothing that is there may change: the new cluster alone is entered.
  const proof = prove(fleet, edits, { clusterType: 'members', targets: [] });
  const member = findMember(membersOf(proof.output), name);
  return { name, ...place, secret, file, member, change: { edits, proof, message: `Register ${name} with ${place.hub}` } };
}

/** @throws FleetError where a cluster cannot have the name, or one has it */
function expectFreeName(name: string, members: readonly MemberView[]): void {
  if (!objectName.pattern.test(name)) {
    throw new FleetError([{ code: 'invalid-name', message: `'${name}' cannot name a cluster`, place: [], expected: objectName.rule }]);
  }
  const twin = members.find((member) => member.name.toLowerCase() === name.toLowerCase());
  if (twin) throw failure('duplicate-name', `there is a cluster '${twin.name}' already`, `it is at ${twin.tenant}/${twin.environment}: choose another name`);
}

/** What the command line has to say. @throws FleetError where it leaves something out */
function expectGiven(name: string, { tenant, environment, secret }: NewSpokeFlags): Given {
  if (tenant !== undefined && environment !== undefined && secret !== undefined) return { tenant, environment, secret };
  const missing = Object.entries({ tenant, environment, secret }).flatMap(([flag, value]) => (value === undefined ? [`--${flag}`] : []));
  const message = `of the spoke '${name}' ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`;
  throw failure('rollout', message, 'give each: `npx fleet new spoke --help` says what they are; nothing was written');
}

/** Its tenant and environment, with what the command line left out of their names. */
function placeOf(fleet: LoadedFleet, wanted: Omit<Given, 'secret'>): Omit<SpokePlace, 'hub'> {
  const known = environmentsOf(fleet);
  const tenant = completeName(wanted.tenant, { known: [...known.keys()], noun: 'tenant', nouns: 'tenants' });
  const environment = completeName(wanted.environment, {
    known: known.get(tenant) ?? [],
    noun: 'environment',
    nouns: 'environments',
    context: ` of ${tenant}`,
  });
  return { tenant, environment };
}

/** Environments by tenant, as fleet.ts lists them. */
function environmentsOf({ fleet }: LoadedFleet): ReadonlyMap<string, readonly string[]> {
  if (!(fleet instanceof HubFleet)) return new Map();
  return new Map(fleet.tenants.map((tenant) => [tenant.name, tenant.nodes.map((node) => node.name)]));
}

function hubOf(members: readonly MemberView[], wanted: string | undefined): string {
  const hubs = members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
  if (wanted !== undefined) return completeName(wanted, { known: hubs, noun: 'hub', nouns: 'hubs' });
  const [only, second] = hubs;
  if (only !== undefined && second === undefined) return only;
  throw failure('unknown-hub', 'which hub?', `name one with --hub: ${hubs.join(', ')}`);
}

function noneIfEmpty(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function failure(code: 'duplicate-name' | 'rollout' | 'unknown-hub', message: string, hint: string): FleetError {
  return new FleetError([{ code, message, place: [], hint }]);
}
