import { Command } from 'commander';
import { bootstrapOf, FleetError, fleetFromConfig, HubFleet, hubBootstrapOf } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { toYaml } from '../../store/yaml/yaml-text';
import { type Done, print, printJson } from '../print/print';
import { readKeyValue } from '../read/key-value';
import { runSettled } from '../run-alone';

interface BootstrapFlags {
  readonly config: string;
  readonly name: string;
  readonly annotation: Readonly<Record<string, string>>;
  readonly label: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

export function bootstrapCommand(done: Done): Command {
  return new Command('bootstrap')
    .description('print the manifests that start a region (its root ApplicationSet and its cluster secret), or a hub')
    .argument('<target>', 'a complete dimension path, such as production/prod-canary/us-east1; or a hub')
    .option('--name <name>', "the cluster's name in its own Argo CD", 'in-cluster')
    .option('--annotation <key=value>', 'an annotation of the cluster secret (repeatable)', readKeyValue, {})
    .option('--label <key=value>', 'one more label of the cluster secret (repeatable)', readKeyValue, {})
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print manifests and prerequisites as JSON')
    .addHelpText('after', '\nExample:\n  $ npx fleet bootstrap production/prod-canary/us-east1 --name infra-us-east1 | kubectl apply -f -')
    .action((target: string, flags: BootstrapFlags) => done(runSettled(flags.config, () => bootstrap(target, flags))));
}

function bootstrap(target: string, { config, name, annotation, label, json }: BootstrapFlags): number {
  const fleet = fleetFromConfig(readConfig(config));
  if (fleet instanceof HubFleet) expectNoFlags({ name, annotation, label });
  const { manifests, before } =
    fleet instanceof HubFleet ? hubBootstrapOf(fleet, target) : bootstrapOf(fleet, { target, name, annotations: annotation, labels: label });
  if (json) {
    printJson({ ok: true, manifests, before });
    return 0;
  }
  // Standard output is for kubectl; what a person must know goes past it.
  process.stderr.write(`Before you apply this:\n${before.map((sentence) => `  - ${sentence}`).join('\n')}\n\n`);
  print(
    manifests
      .map((manifest) => toYaml(manifest))
      .join('---\n')
      .trimEnd(),
  );
  return 0;
}

/** What the registration of a hub says is configuration. @throws FleetError */
function expectNoFlags({ name, annotation, label }: Pick<BootstrapFlags, 'name' | 'annotation' | 'label'>): void {
  const given = [
    ...(name === 'in-cluster' ? [] : ['--name']),
    ...(Object.keys(annotation).length > 0 ? ['--annotation'] : []),
    ...(Object.keys(label).length > 0 ? ['--label'] : []),
  ];
  if (given.length === 0) return;
  throw new FleetError([
    {
      code: 'bootstrap',
      message: `${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} not for hubs`,
      place: [],
      hint: 'labels and annotations of a hub are in its file',
    },
  ]);
}
