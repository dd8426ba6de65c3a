import { Command, Option } from 'commander';
import { FleetError, HubFleet, type MemberView } from '../constructs';
import { objectName } from '../constructs/names';
import { plural } from '../layers/problem-text';
import { Edits } from '../store/edit/edits';
import { addSpoke } from '../store/edit/new-spoke';
import { outputPlace } from '../store/output/output-place';
import { keyValue } from './key-value';
import { findMember, membersOf } from './members';
import { type Done, print, printJson } from './print';
import { alone, settled } from './rollout/alone';
import { diffText, finish, writtenLines } from './rollout/finish';
import { completed, loadFleet, type RolloutFleet } from './rollout/fleet';
import { nextLines, nextOf } from './rollout/next';
import { prove } from './rollout/prove';
import { asJson } from './rollout/step';
import { aligned } from './rollout/words';

interface Options {
  readonly config: string;
  readonly hub?: string;
  readonly tenant: string;
  readonly environment: string;
  readonly secret: string;
  readonly model?: 'centralized' | 'distributed';
  readonly manages?: readonly string[];
  readonly label: Readonly<Record<string, string>>;
  readonly annotation: Readonly<Record<string, string>>;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

export function newSpokeCommand(done: Done): Command {
  return new Command('spoke')
    .exitOverride()
    .showHelpAfterError('Run `fleet new spoke --help` for what there is.')
    .description('write the file of a new spoke, and prove that no other cluster changes')
    .argument('<name>', 'what the cluster is called')
    .requiredOption('--tenant <name>', 'its tenant')
    .requiredOption('--environment <name>', 'its environment')
    .requiredOption('--secret <name>', 'name or ARN of its secret in the secret manager')
    .option('--hub <name>', 'its hub (default: the only one)')
    .addOption(new Option('--model <model>', 'who deploys (default: what the layers above say)').choices(['centralized', 'distributed']))
    .option('--manages <groups>', 'groups that it deploys itself, such as addons,resources', (text: string) =>
      text
        .split(',')
        .map((group) => group.trim())
        .filter((group) => group !== ''),
    )
    .option('--label <key=value>', 'a label of its cluster secret (repeatable)', keyValue, {})
    .option('--annotation <key=value>', 'an annotation of its cluster secret (repeatable)', keyValue, {})
    .option('--dry-run', 'print what would be rendered; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      '\nThe secret holds `server` and `config` of the cluster, as Argo CD wants them; it has to be there before the commit is merged.\n\nExample:\n  $ npx fleet new spoke tenant1-dev-workload3 --tenant tenant1 --environment dev --secret fleet/tenant1-dev-workload3',
    )
    .action((name: string, options: Options) => {
      const run = () => newSpoke(loadFleet(options.config), name, options);
      done(options.dryRun ? settled(options.config, run) : alone(options.config, run));
    });
}

function newSpoke(fleet: RolloutFleet, name: string, options: Options): number {
  const { output } = fleet;
  const members = membersOf(output);
  if (!objectName.pattern.test(name)) {
    throw new FleetError([{ code: 'invalid-name', message: `'${name}' cannot name a cluster`, place: [], expected: objectName.rule }]);
  }
  const twin = members.find((member) => member.name.toLowerCase() === name.toLowerCase());
  if (twin) throw failure('duplicate-name', `there is a cluster '${twin.name}' already`, `it is at ${twin.tenant}/${twin.environment}: choose another name`);
  const known = environments(fleet);
  const tenant = completed(options.tenant, [...known.keys()], 'tenant', 'tenants');
  const environment = completed(options.environment, known.get(tenant) ?? [], 'environment', 'environments', ` of ${tenant}`);
  const hub = hubOf(members, options.hub);
  const edits = new Edits();
  const file = addSpoke(edits, options.config, name, {
    hub,
    tenant,
    environment,
    secret: options.secret,
    model: options.model,
    manages: options.manages,
    labels: orNone(options.label),
    annotations: orNone(options.annotation),
  });
  // Nothing that is there may change: the new cluster alone is entered.
  const proof = prove(options.config, edits, output, 'members', []);
  const member = findMember(membersOf(proof.output), name);
  const result = { cluster: name, hub, tenant, environment, file, components: member.components };
  if (!options.json) {
    print(
      [
        `${name}, a spoke of ${hub}`,
        ...aligned([
          ['place', `${tenant}/${environment}`],
          ['model', member.manages.length > 0 ? `${member.model}: ${member.manages.join(', ')}` : member.model],
          ['gets', member.components.map((component) => `${component.name} ${component.version}`).join(', ') || 'no component'],
          ['needs', `the secret '${options.secret}' in the secret manager, with server and config`],
        ]),
      ].join('\n'),
    );
  }
  if (options.dryRun) {
    if (options.json) printJson({ ok: true, dryRun: true, ...result, changes: proof.changes.map(({ path }) => path) });
    else {
      const added = proof.changes.filter(({ before }) => before === undefined);
      print(`\n${plural(added.length, 'file')} would be added to ${outputPlace(options.config, fleet.fleet.path)}/, no cluster but the new one concerned.`);
      const changed = proof.changes.filter(({ before }) => before !== undefined);
      if (changed.length > 0) print(diffText(fleet.fleet.path, changed));
    }
    return 0;
  }
  const finished = finish(fleet, edits, proof, options.synth);
  const next = nextOf(fleet, [finished], `Register ${name} with ${hub}`);
  if (options.json) printJson({ ok: true, ...result, ...asJson(finished, next) });
  else print(['', ...writtenLines(finished), ...nextLines([finished], next)].join('\n'));
  return 0;
}

/** Environments by tenant, as fleet.ts lists them. */
function environments({ fleet }: RolloutFleet): ReadonlyMap<string, readonly string[]> {
  if (!(fleet instanceof HubFleet)) return new Map();
  return new Map(fleet.tenants.map((tenant) => [tenant.name, tenant.nodes.map((node) => node.name)]));
}

function hubOf(members: readonly MemberView[], wanted: string | undefined): string {
  const hubs = members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
  if (wanted !== undefined) return completed(wanted, hubs, 'hub', 'hubs');
  const [only, second] = hubs;
  if (only !== undefined && second === undefined) return only;
  throw failure('unknown-hub', 'which hub?', `name one with --hub: ${hubs.join(', ')}`);
}

function orNone(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function failure(code: 'duplicate-name' | 'unknown-hub', message: string, hint: string): FleetError {
  return new FleetError([{ code, message, place: [], hint }]);
}
