import type { Board, BoardApp, BoardCommit, BoardField, BoardNode, BoardRollout, BoardSaid } from '../../cli/board/board';

/** A tree of nodes by name: what has nothing in it is a target. */
export interface Tree {
  readonly [name: string]: Tree | null;
}

export interface BuiltNodes {
  readonly nodes: readonly BoardNode[];
  readonly targets: readonly number[];
  /** The number of a node by its path. */
  readonly at: (path: string) => number;
}

/** @param more what is said of nodes besides, by path */
export function nodesOf(tree: Tree, more: Readonly<Record<string, Partial<BoardNode>>> = {}): BuiltNodes {
  const [nodes, targets, paths]: [BoardNode[], number[], string[]] = [[], [], []];
  const walk = (below: Tree, above: string, parent: number | undefined) => {
    for (const [name, inside] of Object.entries(below)) {
      const [path, node] = [above === '' ? name : `${above}/${name}`, nodes.length];
      paths.push(path);
      nodes.push({ name, ...(parent === undefined ? {} : { parent }), ...more[path] });
      if (inside === null) targets.push(node);
      else walk(inside, path, node);
    }
  };
  walk(tree, '', undefined);
  return { nodes, targets, at: (path) => paths.indexOf(path) };
}

/** A field by what holds at each target, one after the other. */
export function fieldOf(name: string, held: readonly (BoardSaid | undefined)[]): BoardField {
  const said: BoardSaid[] = [];
  const runs: number[] = [];
  for (const one of held) {
    const text = JSON.stringify(one);
    let index = one === undefined ? -1 : said.findIndex((other) => JSON.stringify(other) === text);
    if (one !== undefined && index < 0) index = said.push(one) - 1;
    if (runs.at(-1) === index && runs.length > 0) runs[runs.length - 2] = (runs[runs.length - 2] as number) + 1;
    else runs.push(1, index);
  }
  return { name, said, ...(runs.length === 2 && runs[1] === 0 ? {} : { runs }) };
}

export function boardOf(board: Partial<Board> & Pick<Board, 'nodes'>): Board {
  return {
    of: 'the configuration',
    topology: 'dimensions',
    dimensions: ['environment', 'sector', 'region'],
    clusterTypes: [],
    files: [],
    apps: [],
    rollouts: [],
    history: [],
    notes: [],
    ...board,
  };
}

/** A fleet of nine targets with two cluster types, where a patch has reached the canary of production. */
export function smallBoard(more: Partial<Board> = {}): Board {
  const { nodes, targets, at } = nodesOf(
    {
      integration: { 'int-sector-1': { 'us-central1': null, 'europe-west1': null }, 'int-sector-2': { 'us-central1': null } },
      stage: { 'stage-sector-1': { 'us-east1': null, 'europe-west1': null }, 'stage-sector-2': { 'ap-east1': null } },
      production: { 'prod-canary': { 'us-east1': null }, 'prod-sector-1': { 'us-east1': null, 'europe-east1': null } },
    },
    {
      stage: { isManual: true },
      production: { isManual: true },
      'production/prod-sector-1': { isManual: true, frozen: { until: '2026-12-31', reason: 'end of the year' } },
    },
  );
  const production = (target: number) => targets.indexOf(target) >= 6;
  const by = (choose: (target: number, index: number) => BoardSaid | undefined) => targets.map(choose);
  const base = (value: BoardSaid[0], line = 7): BoardSaid => [value, 'base', 0, line];
  const certManager: BoardApp = {
    clusterType: 0,
    name: 'cert-manager',
    description: 'Certificate management for Kubernetes clusters',
    owners: ['team-platform@example.com'],
    targets,
    version: 2,
    fields: [
      fieldOf(
        'destination.namespace',
        by(() => base('cert-manager', 9)),
      ),
      fieldOf(
        'source.helm.valuesObject.replicaCount',
        by((target) => (production(target) ? [3, 'override production', 0, 21] : undefined)),
      ),
      fieldOf(
        'source.targetRevision',
        by((_, index) =>
          index < 7 ? ['v1.19.0', `patch-001 ${index < 3 ? 'integration' : index < 6 ? 'stage' : 'production/prod-canary'}`, 0, 28] : base('v1.18.2'),
        ),
      ),
      fieldOf(
        'syncPolicy.syncOptions',
        by(() => base(['CreateNamespace=true', 'ServerSideApply=true'], 12)),
      ),
    ],
  };
  const plain = (clusterType: number, name: string, version: string, file: number): BoardApp => ({
    clusterType,
    name,
    targets,
    version: 1,
    fields: [
      fieldOf(
        'destination.namespace',
        by(() => [name, 'base', file, 4]),
      ),
      fieldOf(
        'source.targetRevision',
        by(() => [version, 'base', file, 6]),
      ),
    ],
  });
  const hypershift: BoardApp = {
    clusterType: 0,
    name: 'hypershift',
    targets: targets.slice(0, 6),
    fields: [
      fieldOf(
        'source.path',
        targets.slice(0, 6).map(() => ['install', 'base', 1, 5]),
      ),
    ],
  };
  return boardOf({
    nodes,
    commit: { hash: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d', date: '2026-11-27T16:04:00+01:00' },
    links: { commit: 'https://git.example.com/fleet/commit/{}', file: 'https://git.example.com/fleet/blob/1a2b3c4/{}#L{line}' },
    clusterTypes: [
      { name: 'management-cluster', targets },
      { name: 'infra-cluster', targets },
    ],
    files: [
      'config/management-cluster/cert-manager.ts',
      'config/management-cluster/hypershift.ts',
      'config/infra-cluster/argocd.ts',
      'config/management-cluster/argocd.ts',
    ],
    apps: [plain(0, 'argocd', '7.7.0', 3), certManager, hypershift, plain(1, 'argocd', '7.8.1', 2)],
    rollouts: [rollout({ targets, covered: targets.slice(0, 7), entering: [at('production/prod-sector-1')] })],
    history: [
      commit(0, {
        approvals: ['Approved-by: Ann Lee <ann@example.com>'],
        subject: 'Promote patch-001 of cert-manager',
        changes: [
          {
            sign: ' ',
            clusterType: 'management-cluster',
            app: 'cert-manager',
            text: 'source.targetRevision v1.18.2 → v1.19.0',
            where: 'at production/prod-canary (1 target): patch-001 entered production/prod-canary',
            paths: ['production/prod-canary'],
            targets: 1,
          },
        ],
      }),
      commit(1, {
        author: 'Ben Okafor <ben@example.com>',
        subject: 'Add hypershift',
        changes: [
          {
            sign: '+',
            clusterType: 'management-cluster',
            app: 'hypershift',
            text: 'hypershift',
            where: 'at integration, stage',
            paths: ['integration', 'stage'],
            targets: 6,
          },
          { sign: '-', clusterType: 'infra-cluster', app: 'fluentd', text: 'fluentd', where: 'everywhere', paths: ['*'], targets: 9 },
        ],
        more: 4,
      }),
      commit(2, { subject: 'Write down who is on call' }),
    ],
    notes: ['The owners of gates are those of now.'],
    ...more,
  });
}

export function rollout(more: Partial<BoardRollout>): BoardRollout {
  return {
    app: 'cert-manager',
    clusterType: 'management-cluster',
    patch: 'patch-001',
    description: 'Security update: cert-manager v1.19.0',
    paths: ['integration', 'stage', 'production/prod-canary'],
    targets: [],
    covered: [],
    next: 'production/prod-sector-1, behind the manual gate production/prod-sector-1',
    entering: [],
    gates: [{ node: 'production/prod-sector-1', approvers: ['@company/production'] }],
    frozen: ['production/prod-sector-1 is frozen until 2026-12-31: end of the year'],
    notes: [],
    since: '2026-11-27T16:04:00+01:00',
    ...more,
  };
}

/** @param age how many days before the first */
export function commit(age: number, more: Partial<BoardCommit> = {}): BoardCommit {
  return {
    hash: `${String(age).padStart(4, '0')}b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d`,
    date: `2026-11-${String(27 - (age % 27)).padStart(2, '0')}T16:04:00+01:00`,
    author: 'Ann Lee <ann@example.com>',
    subject: `Change ${age}`,
    approvals: [],
    changes: [],
    ...more,
  };
}

/** What a fleet of 1,000 targets with 20 apps of 80 fields has. */
export function largeBoard({ sectors = 50, regions = 20, apps = 20, fields = 80 } = {}): Board {
  const tree: Record<string, Record<string, Record<string, null>>> = {};
  for (let sector = 0; sector < sectors; sector++) {
    const environment = sector < sectors / 5 ? 'integration' : sector < sectors / 2 ? 'stage' : 'production';
    tree[environment] ??= {};
    (tree[environment] as Record<string, Record<string, null>>)[`sector-${sector}`] = Object.fromEntries(
      Array.from({ length: regions }, (_, region) => [`region-${region}`, null]),
    );
  }
  const { nodes, targets } = nodesOf(tree, { stage: { isManual: true }, production: { isManual: true } });
  const said = (value: BoardSaid[0], app: number, line: number): BoardSaid => [value, 'base', app, line];
  const made = Array.from({ length: apps }, (_, app): BoardApp => {
    const names = Array.from({ length: fields }, (__, field) => `source.helm.valuesObject.part${String(field).padStart(2, '0')}.value`);
    const plain = names.map((name, field) =>
      field % 10 === 9
        ? fieldOf(
            name,
            targets.map((target, index) =>
              index >= targets.length / 2 ? [field, 'override production', app, field] : said(target % 7 === 0 ? 'seven' : field, app, field),
            ),
          )
        : { name, said: [said(`value ${field}`, app, field)] },
    );
    const region = fieldOf(
      'source.helm.valuesObject.region',
      targets.map((target) => said(`region ${target}`, app, 3)),
    );
    const version = fieldOf(
      'source.targetRevision',
      targets.map((_, index) => (index < targets.length / 3 ? ['1.1.0', `patch-${app} integration`, app, 9] : said('1.0.0', app, 4))),
    );
    return { clusterType: 0, name: `app-${app}`, targets, version: plain.length + 1, fields: [...plain, region, version] };
  });
  const third = Math.floor(targets.length / 3);
  return boardOf({
    nodes,
    clusterTypes: [{ name: 'workload-cluster', targets }],
    files: made.map(({ name }) => `config/workload-cluster/${name}.ts`),
    apps: made,
    rollouts: made.map(({ name }, app) =>
      rollout({
        app: name,
        clusterType: 'workload-cluster',
        patch: `patch-${app}`,
        targets,
        covered: targets.slice(0, third),
        entering: [targets[third] as number],
      }),
    ),
    history: Array.from({ length: 100 }, (_, age) =>
      commit(age, {
        changes: Array.from({ length: 20 }, (__, app) => ({
          sign: ' ' as const,
          clusterType: 'workload-cluster',
          app: `app-${app}`,
          text: 'source.targetRevision 1.0.0 → 1.1.0',
          where: `at integration/sector-${age} (20 targets): patch-${app} entered integration/sector-${age}`,
          paths: [`integration/sector-${age}`],
          targets: 20,
        })),
      }),
    ),
  });
}

/** What runs of {@link smallBoard} otherwise than Git has it. */
export function smallLive(): NonNullable<Board['live']> {
  const { nodes, apps } = smallBoard();
  const at = (name: string) => nodes.findIndex((node) => node.name === name) + 1;
  const app = apps.findIndex(({ name }) => name === 'cert-manager');
  const differs = ['spec.source.targetRevision: v1.17.0 runs, v1.19.0 is rendered'];
  return {
    at: '2026-11-28T09:00:00Z',
    of: 'HEAD (1a2b3c4)',
    targets: [
      { node: at('int-sector-1'), well: [-1], others: [{ name: 'cert-manager', app, health: 'Degraded', sync: 'OutOfSync', differs }] },
      { node: at('prod-canary'), unknown: 'no answer within 10 s', well: [], others: [{ name: 'old', is: 'left over', health: 'Healthy', sync: 'Synced' }] },
    ],
  };
}
