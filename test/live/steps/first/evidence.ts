import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { until } from '../../until';
import { type First, infraName, managementNames, target } from './first';
import { installed, older, patch, promoteOn } from './promote';

const names = [infraName, ...managementNames];
const [changed, lost] = managementNames;
const variableOf = (cluster: string) => `ARGOCD_${cluster.toUpperCase().replaceAll('-', '_')}`;

/** Where the Argo CDs are, and their tokens: of one run. */
interface Servers {
  readonly ports: Readonly<Record<string, number>>;
  readonly urls: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
}

const known = new WeakMap<First, Servers>();

/** Starts the API servers, with a file of each one's certificate beside the fleet. */
async function serve(topology: First): Promise<void> {
  const ports: Record<string, number> = {};
  const urls: Record<string, string> = {};
  const tokens: Record<string, string> = {};
  await Promise.all(
    names.map(async (name) => {
      const server = await topology.argoCD(name).serve();
      ports[name] = server.port;
      urls[name] = server.url;
      tokens[variableOf(name)] = await server.token();
      topology.fleet.write(`config/${name}.pem`, (await server.certificate()) ?? '');
    }),
  );
  known.set(topology, { ports, urls, tokens });
}

/** The region's Argo CD has the roots, and each management cluster's own what these bring. */
async function giveEvidence(topology: First): Promise<void> {
  const { fleet } = topology;
  const { urls } = serversOf(topology);
  const server = (name: string) => `{ url: '${urls[name]}', tokenEnv: '${variableOf(name)}', caFile: '${name}.pem' }`;
  const evidence = `argoCD({ server: ({ clusterType }) => clusterType === 'infra-cluster' ? [${server(infraName)}] : [${names.map(server).join(', ')}] })`;
  fleet.edit('config/fleet.ts', (text) =>
    text
      .replace('import { defineFleet }', 'import { argoCD, defineFleet }')
      .replace("regions: ['us-east1', 'europe-east1']", `regions: [{ name: 'us-east1', evidence: [${evidence}] }, 'europe-east1']`),
  );
  await fleet.mustFleet('synth');
  await topology.untilSeen(await fleet.commit('Go on by what Argo CD says'));
}

function serversOf(topology: First): Servers {
  const servers = known.get(topology);
  if (!servers) throw new Error('no API server was started');
  return servers;
}

const status = (topology: First) => topology.fleet.mustFleetWith(serversOf(topology).tokens, 'status', '--live');

function expectIn(text: string, ...parts: string[]): void {
  const missing = parts.filter((part) => !text.includes(part));
  if (missing.length > 0) throw new Error(`it does not say ${missing.join(', nor ')}, but:\n${text}`);
}

/** What `promote --auto` would do with the patch. */
async function auto(topology: First): Promise<{ readonly moves: boolean; readonly isStopped: boolean; readonly reason: string }> {
  const { moved, waiting } = await runAuto(topology, '--dry-run');
  const { isStopped = false, reason = '' } = waiting.find(isOurs) ?? {};
  return { moves: moved.some(isOurs), isStopped, reason };
}

async function runAuto(topology: First, ...flags: string[]): Promise<Automatic> {
  return JSON.parse(await topology.fleet.mustFleetWith(serversOf(topology).tokens, 'promote', '--auto', '--json', ...flags));
}

interface Automatic {
  readonly moved: readonly Moved[];
  /** @default - nothing was taken back */
  readonly back?: readonly (Moved & { readonly left: readonly string[] })[];
  readonly waiting: readonly (Moved & { readonly reason: string; readonly isStopped?: boolean })[];
}

interface Moved {
  readonly clusterType: string;
  readonly app: string;
  readonly patch: string;
}

const isOurs = ({ clusterType, app, patch: name }: Moved) => [clusterType, app, name].join() === patch.join();

/** Promotes the patch from wherever it is, past all gates, to the last of its targets. */
async function reachAll(topology: First): Promise<void> {
  for (;;) {
    const { entering, gates = [] } = await told(topology);
    if (entering === undefined) return;
    await topology.untilSeen(await promoteOn(topology, ...gates.map(({ node }) => node)));
  }
}

/** What `fleet status` says of the patch. */
async function told({ fleet }: First): Promise<Partial<Told>> {
  const { patches } = JSON.parse(await fleet.mustFleet('status', '--json')) as { readonly patches: readonly Told[] };
  return patches.find(isOurs) ?? {};
}

interface Told extends Moved {
  /** @default - there is nothing left to enter */
  readonly entering?: readonly string[];
  readonly gates?: readonly { readonly node: string }[];
  /** Why it does not come back by itself. */
  readonly takenBack?: string;
}

/** A deployment that is paused is what Git says, and its Application is Suspended. */
const paused = (cluster: string, topology: First, verb: 'pause' | 'resume') =>
  topology.cluster(cluster).kubectl(['--namespace', 'cert-manager', 'rollout', verb, 'deployment/cert-manager-cert-manager']);

const edit = (topology: First, value: number | null) =>
  topology.cluster(changed).api.patch('applications', 'cert-manager', 'argocd', { spec: { revisionHistoryLimit: value } });

/** The new version wants a pod, which nothing here can run: after a second its Deployment has failed. */
const failing = (text: string) =>
  text.replace(
    "change: { source: { targetRevision: 'v1.19.0' } }",
    "change: { source: { targetRevision: 'v1.19.0', helm: { valuesObject: { standIn: { replicas: 1, deadline: 1 } } } } }",
  );

const edited = 'spec.revisionHistoryLimit: 3 runs, nothing is rendered';

export const evidence: Step<First> = {
  name: 'evidence',
  title: 'Argo CD is asked what runs, as docs/evidence.md says',
  claims: [
    {
      says: "Argo CD's own API servers serve over TLS, and an account that may read has a token at each",
      prove: async (topology) => {
        await topology.note('before the evidence');
        await serve(topology);
        await giveEvidence(topology);
      },
    },
    {
      says: '`fleet status --live` says that everything runs as Git has it',
      prove: async (topology) => {
        await topology.untilSynced();
        expectIn(await status(topology), '12 Applications of 2 targets run as Git has them at HEAD (');
      },
    },
    {
      says: 'An Application that was edited in its cluster, which Argo CD calls Synced, is named with the field, what runs and what Git has',
      prove: async (topology) => {
        await edit(topology, 3);
        expectIn(await status(topology), '11 of 12 Applications', `  ${target} of management-cluster\n`, 'cert-manager  Healthy, Synced', edited);
      },
    },
    {
      says: '`fleet board --live` holds the same',
      prove: async (topology) => {
        const { fleet } = topology;
        const { tokens } = serversOf(topology);
        expectIn(await fleet.mustFleetWith(tokens, 'board', '--live', '--output', '../board.html'), '11 of 12 Applications as Git has them');
        expectIn(fleet.read('../board.html'), edited);
      },
    },
    {
      says: 'An Argo CD that does not answer is shown as such, and holds back nobody else',
      prove: async (topology) => {
        await topology.argoCD(lost).stopServing();
        const { urls, ports } = serversOf(topology);
        expectIn(await status(topology), `${urls[lost]} does not answer: the connection is refused`, edited, '1 target is not known in full');
        await edit(topology, null);
        await topology.argoCD(lost).serve(ports[lost]);
      },
    },
    {
      says: 'A step waits while what it reached is not healthy: `fleet promote --auto` by `argoCD` evidence',
      prove: async (topology) => {
        await reachAll(topology);
        await topology.untilSynced();
        await paused(changed, topology, 'pause');
        await until('the step waits for what is Suspended', 90, async () => {
          const { moves, reason } = await auto(topology);
          return !moves && reason.includes(`argoCD is not good yet at ${target}: cert-manager is Suspended`) ? undefined : `it ${moves ? 'moves' : reason}`;
        });
      },
    },
    {
      says: 'It goes on once Argo CD says that it is',
      prove: async (topology) => {
        await paused(changed, topology, 'resume');
        await until('the step goes on', 90, async () => {
          const { moves, reason } = await auto(topology);
          return moves ? undefined : reason;
        });
      },
    },
    {
      says: 'A version that is Degraded where it went stops the patch: `fleet promote --auto` says what is bad, and moves it no further',
      prove: async (topology) => {
        const { fleet } = topology;
        fleet.edit('config/management-cluster/cert-manager.ts', failing);
        await fleet.mustFleet('synth');
        await topology.untilSeen(await fleet.commit('A version that does not start'));
        await until('the patch stops', 120, async () => {
          const { moves, isStopped, reason } = await auto(topology);
          const isTold = isStopped && reason.includes(`argoCD is bad at ${target}: cert-manager is Degraded`);
          return !moves && isTold ? undefined : `it ${moves ? 'moves' : reason}`;
        });
      },
    },
    {
      says: '`--rollback-on-bad` takes it back from there: the region gets the version that it had and is healthy again, and nothing but somebody lets the patch in anew',
      prove: async (topology) => {
        const { fleet } = topology;
        const { back = [] } = await runAuto(topology, '--rollback-on-bad', '--commit');
        if (!back.some((one) => isOurs(one) && one.left.some((node) => target === node || target.startsWith(`${node}/`)))) {
          throw new Error(`it takes back ${JSON.stringify(back)}`);
        }
        expectIn(await fleet.git('log', '-1', '--format=%B'), `Fleet-Evidence: management-cluster/cert-manager patch-001 ${target} argoCD bad `);
        await topology.untilSeen(await fleet.push());
        for (const name of managementNames) await topology.untilChart(name, ...installed, older);
        await topology.untilSynced();
        expectIn((await told(topology)).takenBack ?? 'nothing', `argoCD was bad at ${target} when it was there`);
      },
    },
    {
      says: 'Taken back, all is as before, by uid and spec',
      prove: async (topology) => {
        const { fleet } = topology;
        const begin = (await fleet.git('log', '--format=%H', '--grep=^Go on by what Argo CD says$')).trim().split('\n').at(-1);
        await fleet.git('revert', '--no-edit', `${begin}~1..HEAD`);
        await topology.untilSeen(await fleet.push());
        await topology.untilSynced();
        for (const name of names) await topology.argoCD(name).stopServing();
        assertDifference(difference(topology.recall('before the evidence'), await topology.state()));
      },
    },
  ],
};
