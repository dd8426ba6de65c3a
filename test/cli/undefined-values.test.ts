import { partly } from '../runs';
import { serve, texts, Workspace } from '../workspaces/workspace';

// Starting the first command takes as long as it takes.
jest.setTimeout(60_000);

const fleet = `export default { repository: 'https://example.com/fleet', dimensions: ['environments'], environments: [{ name: 'dev' }, { name: 'prod' }] };\n`;

/** An app with values, and a patch of them that is everywhere. */
function app(values: string, change: string, overrides = ''): string {
  return `
const later = (target: { environment: string }) => (target.environment === 'test' ? 5 : undefined);

export default {
  source: { repoURL: 'https://example.com/web', path: 'web', helm: { valuesObject: ${values} } },
  project: 'default',
  destination: { server: 'https://kubernetes.default.svc' },${overrides}
  patches: {
    p1: { rolledOutTo: ['dev', 'prod'], change: { source: { targetRevision: '2', helm: { valuesObject: ${change} } } } },
  },
};
`;
}

/** What stands in the base, what a patch says, and what stands in the base after it. */
const cases = {
  'beside-a-value': ['{ b: 1 }', '{ b: undefined, c: 2 }', '{ b: 1, c: 2 }'],
  'alone-in-its-map': ['{ b: { d: 1 } }', '{ b: { d: undefined } }', '{ b: { d: 1 } }'],
  'alone-in-a-new-map': ['{ a: 1 }', '{ b: { d: undefined } }', '{ a: 1, b: {} }'],
  'by-an-operator': ['{ b: 1 }', '{ b: void 0 }', '{ b: 1 }'],
  'by-an-expression': ['{ b: 1 }', '{ b: 1 > 2 ? 2 : undefined }', '{ b: 1 }'],
  'by-an-expression-in-a-new-map': ['{ a: 1 }', '{ b: { d: 1 > 2 ? 2 : undefined } }', '{ a: 1, b: {} }'],
  'by-a-function': ['{ b: 1 }', '{ b: later }', '{ b: 1 }'],
  'in-the-base': ['{ b: undefined }', '{ b: 2 }', '{ b: 2 }'],
  'in-the-base-for-a-map': ['{ b: undefined }', '{ b: { c: 2 } }', '{ b: { c: 2 } }'],
} as const;

const workspace = new Workspace({
  'config/fleet.ts': fleet,
  ...Object.fromEntries(Object.entries(cases).map(([name, [values, change]]) => [`config/mgmt/${name}.ts`, app(values, change)])),
  'config/mgmt/in-an-override.ts': app('{ b: 1 }', '{ b: 2 }', '\n  overrides: { prod: { source: { helm: { valuesObject: { b: undefined } } } } },'),
});
let before: Readonly<Record<string, string>>;
const fleetRuns = (...args: string[]) => serve(workspace.path, args);

beforeAll(async () => {
  expect(await fleetRuns('synth')).toMatchObject({ status: 0 });
  before = manifests();
});

afterAll(() => {
  workspace.remove();
});

function manifests(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts(workspace.snapshot('dist'))).filter(([path]) => path.includes('/templates/')));
}

describe('a value that is `undefined` says nothing, and keeps no patch from reaching the base', () => {
  test.each(partly(Object.entries(cases), 3))('%s', async (name, [, , merged]) => {
    const { status, stderr } = await fleetRuns('promote', 'mgmt', name, 'p1', '--all');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const text = workspace.read(`config/mgmt/${name}.ts`).replace(/\s+/g, ' ').replace(/, \}/g, ' }');
    expect(text).toContain(`valuesObject: ${merged} }`);
    expect(text).not.toContain('patches');
    expect(manifests()).toEqual(before);
  });

  test('in an override lets the patch reach the base', async () => {
    expect((await fleetRuns('promote', 'mgmt', 'in-an-override', 'p1', '--all')).status).toBe(0);
    expect(workspace.read('config/mgmt/in-an-override.ts')).not.toContain('patches');
    expect(manifests()).toEqual(before);
  });

  test('and a patch that says nothing else is an empty one', async () => {
    const text = app('{ b: 1 }', '{}').replace(/change: .*/, 'change: { source: { targetRevision: undefined }, labels: undefined } },');
    workspace.write({ 'config/mgmt/empty.ts': text });
    const { status, stderr } = await fleetRuns('check');
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('error empty-patch') });
  });
});
