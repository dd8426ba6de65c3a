import { Command } from 'commander';
import { type AnyFleet, bootstrapOf, FleetError, fleetFromConfig, HubFleet, hubBootstrapOf, registrationOf } from '../../constructs';
import { placeholder } from '../../constructs/registration';
import type { Manifest } from '../../layers/output';
import { readConfig } from '../../store/read/read-config';
import { toYaml } from '../../store/yaml/yaml-text';
import { type Done, print, printJson } from '../print/print';
import { readKeyValue } from '../read/key-value';
import { runSettled } from '../run-alone';

interface BootstrapFlags {
  readonly config: string;
  readonly name?: string;
  readonly cluster?: string;
  readonly server?: string;
  readonly own?: boolean;
  readonly annotation: Readonly<Record<string, string>>;
  readonly label: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

export function bootstrapCommand(done: Done): Command {
  return new Command('bootstrap')
    .description('print the manifests that start a region (its root ApplicationSet and its cluster secret) or a hub, or the secret that registers a cluster')
    .argument('<target>', 'a complete dimension path, such as production/prod-canary/us-east1; or a hub')
    .option('--name <name>', "the cluster's name in its own Argo CD (default: in-cluster)")
    .option('--cluster <name>', 'print the cluster secret of this cluster instead, for the Argo CD of its region')
    .option('--server <url>', 'with --cluster, where its API server is')
    .option('--own', "with --cluster, the secret for the cluster's own Argo CD")
    .option('--annotation <key=value>', 'an annotation of the cluster secret (repeatable)', readKeyValue, {})
    .option('--label <key=value>', 'one more label of the cluster secret (repeatable)', readKeyValue, {})
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print manifests and prerequisites as JSON')
    .addHelpText(
      'after',
      `
What --cluster prints holds no credentials: ${placeholder} stands for them, and for
what no option says.

Example:
  $ npx fleet bootstrap production/prod-canary/us-east1 --name infra-us-east1 | kubectl apply -f -
  $ npx fleet bootstrap production/prod-canary/us-east1 --cluster mgmt-001 > mgmt-001.yaml`,
    )
    .action((target: string, flags: BootstrapFlags) => done(runSettled(flags.config, () => bootstrap(target, flags))));
}

function bootstrap(target: string, flags: BootstrapFlags): number {
  const { manifests, before, fillIn = [] } = printed(fleetFromConfig(readConfig(flags.config)), target, flags);
  if (flags.json) {
    printJson({ ok: true, manifests, before, ...(flags.cluster === undefined ? {} : { fillIn }) });
    return 0;
  }
  // Standard output is for kubectl; what a person must know goes past it.
  const lines = [
    ...(fillIn.length === 0 ? [] : [`Fill in, where it says ${placeholder}:`, ...fillIn.map((sentence) => `  - ${sentence}`)]),
    'Before you apply this:',
    ...before.map((sentence) => `  - ${sentence}`),
  ];
  process.stderr.write(`${lines.join('\n')}\n\n`);
  print(
    manifests
      .map((manifest) => toYaml(manifest))
      .join('---\n')
      .trimEnd(),
  );
  return 0;
}

interface Printed {
  readonly manifests: readonly Manifest[];
  readonly before: readonly string[];
  readonly fillIn?: readonly string[];
}

/** @throws FleetError for flags that do not go together, and whatever is wrong with the fleet or the target */
function printed(fleet: AnyFleet, target: string, { name, cluster, server, own, annotation: annotations, label: labels }: BootstrapFlags): Printed {
  if (fleet instanceof HubFleet) {
    expectNone('for hubs', 'labels and annotations of a hub are in its file, and spokes are registered from Git', {
      '--name': name,
      '--cluster': cluster,
      '--server': server,
      '--own': own,
      '--annotation': given(annotations),
      '--label': given(labels),
    });
    return hubBootstrapOf(fleet, target);
  }
  if (cluster === undefined) {
    expectNone('without --cluster', 'name the cluster that it is about: --cluster NAME', { '--server': server, '--own': own });
    return bootstrapOf(fleet, { target, name, annotations, labels });
  }
  expectNone('with --cluster', '--cluster names the cluster, and --name that of the region itself, in its own Argo CD', { '--name': name });
  return registrationOf(fleet, { target, cluster, server, isOwn: own, annotations, labels });
}

const given = (texts: Readonly<Record<string, string>>) => (Object.keys(texts).length > 0 ? texts : undefined);

/** @throws FleetError where one of the flags is given */
function expectNone(where: string, hint: string, flags: Readonly<Record<string, unknown>>): void {
  const found = Object.keys(flags).filter((flag) => flags[flag] !== undefined);
  if (found.length === 0) return;
  throw new FleetError([{ code: 'bootstrap', message: `${found.join(' and ')} cannot be given ${where}`, place: [], hint }]);
}
