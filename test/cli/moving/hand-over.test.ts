import { parse } from 'yaml';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const known = removedAfterwards();

async function example(change: (workspace: RolloutWorkspace) => void = () => undefined): Promise<RolloutWorkspace> {
  const workspace = await startedWorkspace('typescript');
  known(workspace);
  change(workspace);
  if (workspace.git('status', '--porcelain') !== '') await recorded(workspace, 'Another fleet');
  return workspace;
}

interface Step {
  readonly title: string;
  readonly edits: readonly string[];
}

async function planOf(workspace: RolloutWorkspace, to: string): Promise<readonly Step[]> {
  const { status, stdout } = await workspace.serve('move', 'management-cluster', '--to', to, '--json');
  expect(status).toBe(0);
  return JSON.parse(stdout).steps;
}

async function recorded(workspace: RolloutWorkspace, message: string): Promise<void> {
  const { status, stderr } = await workspace.serve('synth');
  expect({ status, stderr: /^error/m.test(stderr) ? stderr : '' }).toEqual({ status: 0, stderr: '' });
  workspace.commit(message);
}

/** Does what a step says, as a person does who reads no more than that. Lines are those from before the step, so the last go first. */
function edit(workspace: RolloutWorkspace, edits: readonly string[], stopped: string): void {
  const lineOf = (text: string) => Number(/^[^:]+:(\d+):/.exec(text)?.[1] ?? 0);
  for (const text of [...edits].sort((one, other) => lineOf(other) - lineOf(one))) {
    const [file = ''] = text.split(':');
    const index = lineOf(text) - 1;
    const [, taken] = /take `([^`]+)` out$/.exec(text) ?? [];
    const [, written] = /write `([^`]+)`$/.exec(text) ?? [];
    if (text.includes('`git checkout COMMIT~1')) {
      workspace.git('checkout', `${stopped}~1`, '--', file);
      continue;
    }
    workspace.edit(file, (content) => {
      const lines = content.split('\n');
      const line = lines[index] ?? '';
      if (taken !== undefined) {
        expect(line).toContain(`${taken.split('.').at(-1)}:`);
        const inside = new RegExp(`${taken.split('.').at(-1)}: (\\{[^{}]*\\}|\\[[^\\]]*\\]|'[^']*'|\\w+),? ?`);
        const left = line.replace(inside, '');
        return [...lines.slice(0, index), ...(left.trim() === '' ? [] : [left]), ...lines.slice(index + 1)].join('\n');
      }
      if (written !== undefined) return [...lines.slice(0, index + 1), `  ${written},`, ...lines.slice(index + 1)].join('\n');
      throw new Error(`nobody knows how to follow '${text}'`);
    });
  }
}

/** Follows a plan. @returns what is rendered of the cluster type after each commit, by the step's title */
async function followed(workspace: RolloutWorkspace, to: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const states = new Map<string, readonly string[]>();
  let stopped = '';
  for (const { title, edits } of await planOf(workspace, to)) {
    if (edits.length === 0) continue;
    edit(workspace, edits, stopped);
    await recorded(workspace, title);
    const judged = await workspace.serve('check', '--since', 'HEAD~1');
    expect([title, judged.status]).toEqual([title, 1]);
    const lines = judged.stdout.match(/Fleet-\S+: .*/g) ?? [];
    workspace.git('commit', '-q', '--amend', '-m', `${title}\n\n${lines.join('\n')}`);
    if (title.includes('stand still')) stopped = workspace.git('rev-parse', 'HEAD').trim();
    const allowed = await workspace.serve('check', '--since', 'HEAD~1');
    expect([title, allowed.status]).toEqual([title, 0]);
    expect((await workspace.serve('check')).stdout).toContain('dist/ is current');
    states.set(title, applications(workspace));
  }
  return states;
}

/** The Applications of management clusters as YAML. */
function applications(workspace: RolloutWorkspace): readonly string[] {
  return Object.entries(workspace.rendered()).flatMap(([path, text]) => (/^management-cluster\/.*\/templates\//.test(path) ? [text] : []));
}

const isStill = (text: string) => {
  const { kind, metadata, spec } = parse(text.replace(/\{\{.*?\}\}/g, 'x'));
  const [own, said] = kind === 'ApplicationSet' ? [spec.template.metadata, spec.template.spec] : [metadata, spec];
  return own.finalizers === undefined && said.syncPolicy?.automated === undefined;
};

test('to the control plane and back, commit by commit: each is current and passes with its statements; nothing syncs by itself while two Argo CDs have it', async () => {
  const workspace = await example();
  const before = workspace.snapshot('config');
  const start = workspace.rendered();
  const there = await followed(workspace, 'controlPlane');
  expect([...there.keys()]).toEqual([
    'Let the Applications of management-cluster stand still',
    'Hand management-cluster over to the Argo CD of infra-cluster',
    'Let the new Applications of management-cluster deploy',
  ]);
  const [still = [], handed = [], done = []] = [...there.values()];
  expect([still.every(isStill), handed.every(isStill), done.some(isStill)]).toEqual([true, true, false]);
  expect(handed.every((text) => text.includes('-{{'))).toBe(true);
  const direct = await example((one) =>
    one.edit('config/infra-cluster/management-cluster-root.ts', (text) =>
      text.replace("clusterType: 'management-cluster',", "clusterType: 'management-cluster',\n  applications: 'controlPlane',"),
    ),
  );
  expect(workspace.rendered()).toEqual(direct.rendered());
  expect((await workspace.serve('move', 'management-cluster', '--to', 'controlPlane')).stdout).toBe(
    'The Applications of management-cluster live in the Argo CD of infra-cluster already.\n',
  );
  await followed(workspace, 'cluster');
  expect(workspace.rendered()).toEqual(start);
  expect(Object.keys(workspace.snapshot('config'))).toEqual(Object.keys(before));
});

test('whatever layer says it, it is found: of an app, an override, a patch, an ApplicationSet', async () => {
  const workspace = await example((one) => {
    one.edit('config/management-cluster/hypershift.ts', (text) =>
      text
        .replace(
          "destination: { namespace: 'hypershift' },",
          "destination: { namespace: 'hypershift' },\n  finalizers: ['resources-finalizer.argocd.argoproj.io/background'],",
        )
        .replace('overrides: {', 'overrides: {\n    stage: {\n      syncPolicy: { automated: { prune: true }, syncOptions: [] },\n    },'),
    );
    one.edit('config/management-cluster/cert-manager.ts', (text) =>
      text
        .replace("rolledOutTo: ['integration', 'stage/stage-sector-1/us-east1'],", "rolledOutTo: ['integration'],")
        .replace(
          'change: { source: { helm: { valuesObject: { config',
          'change: { syncPolicy: { automated: { selfHeal: false } }, source: { helm: { valuesObject: { config',
        ),
    );
    one.write({
      'config/management-cluster/set.ts': `import type { FleetAppConfig } from 'cdk8s-fleet';

export default {
  kind: 'ApplicationSet',
  syncPolicy: { preserveResourcesOnDeletion: true },
  overrides: {
    stage: { syncPolicy: { preserveResourcesOnDeletion: false } },
  },
  generators: [{ list: { elements: [{ name: 'one' }] } }],
  goTemplate: true,
  template: {
    metadata: { name: 'set-one' },
    spec: {
      project: 'default',
      source: { repoURL: 'https://example.com/x', path: 'x', targetRevision: 'main', directory: {} },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'x' },
      syncPolicy: { automated: { prune: true } },
    },
  },
} satisfies FleetAppConfig;
`,
    });
  });
  const [, stop] = await planOf(workspace, 'controlPlane');
  expect(stop?.edits).toEqual([
    expect.stringMatching(/^config\/management-cluster\/cert-manager\.ts:\d+: take `syncPolicy\.automated` out$/),
    expect.stringMatching(/^config\/management-cluster\/defaults\.ts:7: take `finalizers` out$/),
    expect.stringMatching(/^config\/management-cluster\/defaults\.ts:12: take `syncPolicy\.automated` out$/),
    expect.stringMatching(/^config\/management-cluster\/hypershift\.ts:\d+: take `finalizers` out$/),
    expect.stringMatching(/^config\/management-cluster\/hypershift\.ts:\d+: take `syncPolicy\.automated` out$/),
    expect.stringMatching(/^config\/management-cluster\/set\.ts:7: take `syncPolicy\.preserveResourcesOnDeletion` out$/),
    expect.stringMatching(/^config\/management-cluster\/set\.ts:\d+: take `template\.spec\.syncPolicy\.automated` out$/),
    'config/management-cluster/set.ts: write `syncPolicy.preserveResourcesOnDeletion: true`',
  ]);
  edit(
    workspace,
    (stop?.edits ?? []).filter((text) => !text.includes('write')),
    '',
  );
  await recorded(workspace, 'Stop');
  expect(applications(workspace).filter((text) => !isStill(text))).toEqual([]);
});

test.each([
  [['infra-cluster', '--to', 'controlPlane'], 'infra-cluster deploys itself'],
  [['management-clutser', '--to', 'controlPlane'], "did you mean 'management-cluster'?"],
  [['management-cluster', '--to', 'controlPlane', '--manages', 'x'], '`--manages` is for --to distributed'],
  [['management-cluster', '--to', 'distributed'], 'this fleet has no hubs and spokes'],
  [['management-cluster', '--to', 'elsewhere'], 'Allowed choices are centralized, distributed, controlPlane, cluster'],
])('%j: one message', async (args, message) => {
  const workspace = await example();
  const { status, stdout, stderr } = await workspace.serve('move', ...args);
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
});

test('an ApplicationSet that was written by hand says by itself where Applications live', async () => {
  const workspace = await startedWorkspace('yaml');
  known(workspace);
  const before = workspace.snapshot('.');
  const { status, stderr } = await workspace.serve('move', 'management-cluster', '--to', 'controlPlane');
  expect([status, stderr]).toEqual([1, expect.stringContaining("no app of the kind 'RootApplicationSet' deploys management-cluster")]);
  expect(workspace.snapshot('.')).toEqual(before);
});

test('a plan is printed, and nothing is written; the live state that each step waits for has its command', async () => {
  const workspace = await example();
  const before = workspace.snapshot('.');
  const { stdout } = await workspace.serve('move', 'management-cluster', '--to', 'controlPlane');
  expect(stdout).toContain(`
 2. Let the Applications of management-cluster stand still
    write     config/management-cluster/defaults.ts:7: take \`finalizers\` out
    write     config/management-cluster/defaults.ts:12: take \`syncPolicy.automated\` out
    then      \`npx fleet synth\`, commit both, merge
`);
  expect(stdout).toContain("    write     config/infra-cluster/management-cluster-root.ts:7: write `applications: 'controlPlane'`\n");
  expect(stdout).toContain('    meantime  both Argo CDs have the Applications, and neither deploys');
  expect(workspace.snapshot('.')).toEqual(before);
});
