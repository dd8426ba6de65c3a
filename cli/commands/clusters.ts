import { Command } from 'commander';
import { fleetFromConfig, type MemberView } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { clusterData, clusterDetail, clustersTable } from '../print/clusters-text';
import { type Done, print, printJson } from '../print/print';
import { completeName } from '../read/complete-name';
import { findMember, membersOf } from '../read/find-member';
import { runSettled } from '../run-alone';

interface ClustersFlags {
  readonly config: string;
  readonly hub?: string;
  readonly json?: boolean;
}

export function clustersCommand(done: Done): Command {
  return new Command('clusters')
    .description('hubs and spokes: who deploys to them, in which releases, and what')
    .argument('[cluster]', 'one of them, with all of its components')
    .option('--hub <name>', 'only those of a hub')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print all of it as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet clusters --config examples/hub-spoke/config')
    .action((cluster: string | undefined, flags: ClustersFlags) => done(runSettled(flags.config, () => clusters(cluster, flags))));
}

function clusters(cluster: string | undefined, { config, hub, json }: ClustersFlags): number {
  const all = membersOf(fleetFromConfig(readConfig(config)).outline());
  if (cluster === undefined) {
    const shown = hub === undefined ? all : membersOfHub(all, hub);
    if (json) printJson({ ok: true, clusters: shown.map(clusterData) });
    else print(clustersTable(shown).join('\n'));
  } else {
    const member = findMember(all, cluster);
    if (json) printJson({ ok: true, cluster: clusterData(member) });
    else print(clusterDetail(member).join('\n'));
  }
  return 0;
}

function membersOfHub(all: readonly MemberView[], name: string): readonly MemberView[] {
  const hubs = all.filter(({ kind }) => kind === 'hub').map((member) => member.name);
  const hub = completeName(name, { known: hubs, noun: 'hub', nouns: 'hubs' });
  return all.filter((member) => member.hub === hub);
}
