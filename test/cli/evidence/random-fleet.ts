import fc from 'fast-check';
import type { Answer } from '../../../layers/law/evidence';
import { isLongForm } from '../../runs';
import { Workspace } from '../../workspaces/workspace';

/** A node that says something: how long changes soak there, and which pieces of evidence are asked. */
interface Asking {
  readonly soak?: number;
  readonly evidence?: readonly string[];
}

/** A fleet of one topology, as far as a test knows it without this tool: what is deployed after what, and what has to be good there. */
export interface Topology {
  /** Targets in their order. */
  readonly sequence: readonly string[];
  /** `CLUSTER-TYPE/APP`, as trailers call it. */
  readonly what: string;
  readonly file: string;
  /** By path; `''` is the whole fleet. */
  readonly nodes: Readonly<Record<string, Asking>>;
  /** Where Git has what is rendered for a target. */
  rendered(target: string): string;
  readonly files: (evidence: (node: string) => string) => Readonly<Record<string, string>>;
}

/** What the two patches change, from 1 on. */
export const fields = { 'patch-001': 'level', 'patch-002': 'size' } as const;
export type Patch = keyof typeof fields;

const hour = 3_600_000;
/** When each story begins, in milliseconds. */
const beginning = Date.UTC(2026, 0, 5);

const exported = (text: string) => `export default ${text};\n`;
const patches = (first: string, change: (field: string) => string) =>
  Object.entries(fields)
    .map(([name, field]) => `    '${name}': {\n      rolledOutTo: ['${first}'],\n      change: ${change(field)},\n    },\n`)
    .join('');
const chart = (name: string) => `repoURL: 'https://charts.example.com', chart: '${name}'`;

const head = `import { readFileSync } from 'node:fs';
import { command, defineFleet } from 'cdk8s-fleet';

const ask = (name: string) => command(\`exit "$(cat ../.git/says/\${name}/$FLEET_TARGET)"\`, { name });
async function seen({ at }: { at: { path: string } }) {
  const [status = '', since = ''] = readFileSync(\`.git/says/seen/\${at.path}\`, 'utf8').split(' ');
  return status === '0' ? { is: 'good' as const, since: new Date(Number(since)) } : { is: status === '1' ? ('bad' as const) : ('not-yet' as const), why: 'so' };
}

`;

const dimensions: Topology = {
  sequence: ['int/a/us', 'int/a/eu', 'int/b/us', 'prod/c/us', 'prod/d/eu', 'prod/d/us'],
  what: 'cluster/web',
  file: 'config/cluster/web.ts',
  nodes: { '': { evidence: ['smoke'] }, 'int/a': { soak: 3, evidence: ['seen'] }, prod: { soak: 2, evidence: ['late'] }, 'prod/d': { soak: 5 } },
  rendered: (target) => `dist/cluster/${target}/templates/web.yaml`,
  files: (evidence) => ({
    'config/fleet.ts': `${head}export default defineFleet({
  repository: 'https://github.com/company/fleet',
  ${evidence('')}
  environments: [
    { name: 'int', sectors: [{ name: 'a', ${evidence('int/a')} regions: ['us', 'eu'] }, { name: 'b', regions: ['us'] }] },
    { name: 'prod', ${evidence('prod')} sectors: [{ name: 'c', regions: ['us'] }, { name: 'd', ${evidence('prod/d')} regions: ['eu', 'us'] }] },
  ],
});
`,
    'config/cluster/defaults.ts': exported("{ applications: { namespace: 'argocd', project: 'default', destination: { name: 'in-cluster' } } }"),
    'config/cluster/web.ts': exported(`{
  source: { ${chart('web')}, targetRevision: '1.0.0', helm: { valuesObject: { level: 1, size: 1 } } },
  destination: { namespace: 'web' },
  patches: {
${patches('int/a', (field) => `{ source: { helm: { valuesObject: { ${field}: 2 } } } }`)}  },
}`),
  }),
};

const spokes = ['shop/dev/spoke-1', 'shop/dev/spoke-2', 'shop/prod/spoke-3', 'shop/prod/spoke-4'];
const named = (target: string) => target.slice(target.lastIndexOf('/') + 1);

const hubs: Topology = {
  sequence: [...spokes, 'platform/prod/hub-1'],
  what: 'addons/web',
  file: 'config/addons/web.ts',
  nodes: { '': { evidence: ['smoke'] }, 'shop/dev': { soak: 3, evidence: ['seen'] }, 'shop/prod': { soak: 2, evidence: ['late'] } },
  rendered: (target) => `dist/${target === 'platform/prod/hub-1' ? 'hubs' : 'spokes'}/${named(target)}/values/addons/web.yaml`,
  files: (evidence) => ({
    'config/fleet.ts': `${head.replace('defineFleet', 'defineHubFleet')}export default defineHubFleet({
  topology: 'hub-and-spoke',
  repository: 'https://github.com/company/fleet',
  path: 'dist',
  ${evidence('')}
  tenants: [
    { name: 'shop', environments: [{ name: 'dev', ${evidence('shop/dev')} }, { name: 'prod', ${evidence('shop/prod')} }] },
    { name: 'platform', environments: ['prod'] },
  ],
});
`,
    'config/members/settings.ts': exported("{ secretStore: { aws: { region: 'eu-west-1' } } }"),
    'config/hubs/hub-1.ts': exported("{ tenant: 'platform', environment: 'prod', secret: 'fleet/hub-1' }"),
    ...Object.fromEntries(
      spokes.map((path) => {
        const [tenant, environment, name] = path.split('/');
        return [`config/spokes/${name}.ts`, exported(`{ hub: 'hub-1', tenant: '${tenant}', environment: '${environment}', secret: 'fleet/${name}' }`)];
      }),
    ),
    'config/bootstrap/defaults.ts': exported("{ bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } }"),
    'config/bootstrap/argo-cd.ts': exported(`{ ${chart('argo-cd')}, version: '9.0.0', values: {} }`),
    'config/bootstrap/external-secrets.ts': exported(`{ ${chart('external-secrets')}, version: '1.0.0' }`),
    'config/addons/web.ts': exported(`{
  ${chart('web')},
  version: '2.0.0',
  namespace: 'web',
  values: { level: 1, size: 1 },
  overrides: { '*': { enabled: true } },
  patches: {
${patches('shop/dev', (field) => `{ values: { ${field}: 2 } }`)}  },
}`),
  }),
};

export const topologies = { dimensions, hubs } as const;

/** The exit status of a command that says it. */
const statuses: Readonly<Record<Answer['is'], number>> = { good: 0, bad: 1, 'not-yet': 75, 'no-answer': 127 };

/** What happens: what becomes of pieces, how long it takes, and what is edited, before everything moves that may. */
export interface Turn {
  readonly hours: number;
  readonly says: readonly { readonly piece: number; readonly is: Answer['is'] }[];
  readonly edit?: Patch;
  readonly isBack: boolean;
}

const words: readonly Answer['is'][] = ['good', 'good', 'good', 'not-yet', 'no-answer', 'bad'];

export const turns: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 6 }),
    says: fc.array(fc.record({ piece: fc.nat(), is: fc.constantFrom(...words) }), { maxLength: 2 }),
    edit: fc.constantFrom<Patch | undefined>(...Object.keys(fields).map((patch) => patch as Patch), ...Array.from({ length: 18 }, () => undefined)),
    isBack: fc.boolean(),
  }),
  isLongForm ? { minLength: 10, maxLength: 25 } : { minLength: 5, maxLength: 6 },
) as fc.Arbitrary<readonly Turn[]>;

const quiet: Turn = { hours: 4, says: [], isBack: true };

/** What is in the first node begins its time anew; the second one turns bad for a while, and a patch is mended before it comes there again. */
export const eventful: readonly Turn[] = [
  quiet,
  { ...quiet, hours: 1, says: [{ piece: 1, is: 'not-yet' }] },
  { ...quiet, hours: 1, says: [{ piece: 1, is: 'good' }] },
  // Good and on record, for an hour.
  { ...quiet, hours: 1 },
  quiet,
  { ...quiet, hours: 1, says: [{ piece: 4, is: 'bad' }] },
  { ...quiet, says: [{ piece: 4, is: 'good' }] },
  { ...quiet, edit: 'patch-001' },
  ...Array.from({ length: 6 }, () => quiet),
];

/** A fleet in Git, whose clock and evidence a test sets. */
export class RandomFleet extends Workspace {
  now = beginning;
  /** What each piece says at each target, and since when. */
  readonly #truth = new Map<string, { is: Answer['is']; since: number }>();

  /** @param topology of which only a long form asks functions, each time in a process of their own */
  constructor(readonly topology: Topology) {
    super({});
    this.write(
      topology.files((node) => {
        const { soak, evidence = [] } = topology.nodes[node] ?? {};
        const list = evidence.map((name) => (name === 'seen' && isLongForm ? name : `ask('${name}')`));
        return `${soak === undefined ? '' : `soak: '${soak}h', `}${list.length === 0 ? '' : `evidence: [${list.join(', ')}],`}`;
      }),
    );
    this.git('init', '-q', '-b', 'main', '--template=');
    this.git('config', 'user.name', 'Robot');
    this.git('config', 'user.email', 'robot@example.com');
    for (const key of this.#pieces()) this.#say(key, 'good');
    this.#commit('Start');
  }

  /** In hours. */
  soakOf(target: string): number {
    return Math.max(0, ...this.#above(target).map(({ soak = 0 }) => soak));
  }

  piecesOf(target: string): readonly string[] {
    return this.#above(target).flatMap(({ evidence = [] }) => evidence);
  }

  truth(name: string, target: string): { readonly is: Answer['is']; readonly since: number } {
    return this.#truth.get(`${name}/${target}`) as { is: Answer['is']; since: number };
  }

  /** @returns what the command prints */
  play({ hours, says, edit, isBack }: Turn): string {
    this.now += hours * hour;
    const pieces = this.#pieces();
    for (const { piece, is } of says) this.#say(pieces[piece % pieces.length] as string, is);
    if (edit !== undefined) this.#edit(edit);
    return this.#fleet('promote', '--auto', '--commit', '--json', ...(isBack ? ['--rollback-on-bad'] : []));
  }

  /** @returns the exit status of the guard over everything since the start */
  judge(): number | null {
    const [start = ''] = this.git('rev-list', '--max-parents=0', 'HEAD').split('\n');
    return fleetServer.run(this.path, ['check', '--since', start], undefined, this.now).status;
  }

  git(...args: string[]): string {
    const date = `@${this.now / 1000} +0000`;
    const { status, stdout, stderr } = this.run('git', args, { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  #above(target: string): readonly Asking[] {
    return Object.entries(this.topology.nodes).flatMap(([path, node]) => (path === '' || `${target}/`.startsWith(`${path}/`) ? [node] : []));
  }

  #pieces(): readonly string[] {
    return this.topology.sequence.flatMap((target) => this.piecesOf(target).map((name) => `${name}/${target}`));
  }

  #say(key: string, is: Answer['is']): void {
    const before = this.#truth.get(key);
    if (before?.is !== is) this.#truth.set(key, { is, since: this.now });
    this.write({ [`.git/says/${key}`]: `${statuses[is]}${key.startsWith('seen/') && isLongForm ? ` ${this.#truth.get(key)?.since}` : ''}` });
  }

  /** What is patched in is another thing from here on; nothing happens where it is in the base. */
  #edit(patch: Patch): void {
    const edited = this.read(this.topology.file).replace(
      new RegExp(`('${patch}'[\\s\\S]*?${fields[patch]}: )(\\d+)`),
      (_, before, value) => `${before}${Number(value) + 1}`,
    );
    if (edited === this.read(this.topology.file)) return;
    this.write({ [this.topology.file]: edited });
    this.#commit('Edit');
  }

  #commit(message: string): void {
    this.#fleet('synth', '--json');
    this.git('add', '-A');
    this.git('commit', '-q', '-m', message);
  }

  #fleet(...args: readonly string[]): string {
    const { status, stdout, stderr } = fleetServer.run(this.path, args, undefined, this.now);
    if (status !== 0) throw new Error(`fleet ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }
}
