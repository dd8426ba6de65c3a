import { type FleetStart, outputIn, type StartFile } from '../fleet-start';
import { commandsOf } from './commands';
import { scriptPath } from './pipeline/script';

/** The day-to-day commands, on one page. */
export function readmeFile(start: FleetStart): StartFile {
  const { install, test, testAndUpdate, script, run } = commandsOf(start);
  const output = `${outputIn(start)}/`;
  const { example, files, tour } = shapes[start.shape];
  return {
    path: 'README.md',
    text: `# Fleet

\`config/\` says what runs in which cluster; \`${output}\` holds the exact Argo CD manifests of every target, rendered by [cdk8s-fleet](https://www.npmjs.com/package/cdk8s-fleet). Both are committed: a pull request shows what an edit changes, and where.

\`\`\`console
$ ${install}
$ ${script('synth')}
$ ${test}
\`\`\`

The first run of the tests writes their snapshots, which are committed with the rest; where \`CI\` is set, \`${testAndUpdate}\` does.

## Files

| file | says |
| --- | --- |
${files.map(([file, says]) => `| \`${file}\` | ${says} |`).join('\n')}
| \`test/fleet.test.ts\` | what must hold, whatever is edited |
| \`${output}\` | what Argo CD reads: never edited by hand |
${start.pipeline === 'none' ? '' : `| \`${scriptPath}\` | what the pipeline does |\n`}
## Day by day

| to … | run |
| --- | --- |
| render what was edited | \`${run('fleet synth')}\` |
| see everything that is wrong, and whether \`${output}\` is current | \`${run('fleet check')}\` |
| take over what the tests' snapshots show | \`${testAndUpdate}\` |
${tour.map(([goal, command]) => `| ${goal} | \`${run(command)}\` |`).join('\n')}

Every command has \`--help\`, and those that write have \`--dry-run\`. \`${run('fleet completion bash')}\` prints completions for a shell.

A change moves through the fleet as a patch: ${example}

A conflict in \`${output}\` is settled by rendering: resolve what \`config/\` says, run \`${run('fleet synth')}\`, and \`git add ${output}\`.
`,
  };
}

interface ShapeText {
  readonly example: string;
  readonly files: readonly (readonly [file: string, says: string])[];
  readonly tour: readonly (readonly [goal: string, command: string])[];
}

const metricsServer = 'metrics-server --repo https://kubernetes-sigs.github.io/metrics-server --chart metrics-server --version 3.13.0';

const sequenceTour = (clusterType: string, app: string): ShapeText['tour'] => [
  ['add an app, and promote it like any change', `fleet new app ${clusterType} ${metricsServer} --owner team-platform@example.com --as-patch`],
  ['add a region', 'fleet new region production/prod-sector-1/us-west1'],
  ['begin a change', `fleet new patch ${clusterType} ${app} --set source.targetRevision=v1.19.0`],
  ['see where changes are', 'fleet status'],
  ['see what comes next', `fleet plan ${clusterType} ${app} patch-001`],
  ['take the next step', `fleet promote ${clusterType} ${app} patch-001`],
  ['take a change back', `fleet rollback ${clusterType} ${app} patch-001`],
  ['start a region', 'fleet bootstrap integration/int-sector-1/us-east1'],
];

const shapes: Readonly<Record<FleetStart['shape'], ShapeText>> = {
  regions: {
    files: [
      ['config/fleet.ts', 'environments, sectors and regions, in the order in which changes roll out'],
      ['config/workload-cluster/defaults.ts', 'what all apps of a cluster type have in common'],
      ['config/workload-cluster/cert-manager.ts', 'an app: its base, and what is otherwise where'],
    ],
    tour: sequenceTour('workload-cluster', 'cert-manager'),
    example: 'it starts at the first path of the sequence, is promoted node by node, waits where somebody has to approve, and ends in the base.',
  },
  yaml: {
    files: [
      ['config/config.yaml', 'environments, sectors and regions, in the order in which changes roll out'],
      ['config/workload-cluster/defaults.yaml', 'what all apps of a cluster type have in common'],
      ['config/workload-cluster/cert-manager/values.yaml', 'an app; `override.yaml` and patches lie in folders named after dimension paths'],
    ],
    tour: sequenceTour('workload-cluster', 'cert-manager'),
    example: 'it starts at the first path of the sequence, is promoted node by node, waits where somebody has to approve, and ends in the base.',
  },
  hubs: {
    files: [
      ['config/fleet.ts', 'tenants and environments, in the order in which changes roll out'],
      ['config/hubs/, config/spokes/', 'clusters, a file each'],
      ['config/members/settings.ts', 'what clusters have in common'],
      ['config/addons/cert-manager.ts', 'a component of the group `addons`: who gets it, with which values'],
      ['config/addons/releases.ts', 'which version of each component a release holds'],
    ],
    tour: [
      ['see who has what', 'fleet clusters'],
      ['add a spoke', 'fleet new spoke tenant1-dev-workload2 --tenant tenant1 --environment dev --secret fleet/tenant1-dev-workload2'],
      ['begin a change', 'fleet new patch addons cert-manager --set values.replicaCount=3'],
      ['see where changes are', 'fleet status'],
      ['take the next step', 'fleet promote addons cert-manager patch-001'],
      ['give a spoke an Argo CD of its own', 'fleet move tenant1-dev-workload1 --to distributed'],
      ['start a hub', 'fleet bootstrap hub-1'],
    ],
    example:
      'it starts at the first tenant and environment, is promoted environment by environment, waits where somebody has to approve, and ends in the base.',
  },
};
