import { Workspace } from '../workspaces/workspace';

// No fleet lies here: a schema is that of any.
const workspace = new Workspace({});

afterAll(() => {
  workspace.remove();
});

const run = (...args: string[]) => workspace.fleet('schema', ...args);

describe('fleet schema', () => {
  test.each([[['config']], [['values', '--json']], [[]]])('%j prints a schema and nothing else', (args) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: expect.any(String) });
    expect(workspace.snapshot('.')).toEqual({});
  });

  test('names the kind that a misspelt one is near to', () => {
    const { status, stdout, stderr } = run('valeus');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(`error schema
  no file of a fleet is called 'valeus'
  expected config, exemptions, defaults, values, metadata, override, patch
  hint     did you mean 'values'?

1 error
`);
  });

  test('tells of it as JSON, too', () => {
    const { status, stdout } = run('valeus', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ code: 'schema', hint: "did you mean 'values'?" }] });
  });

  test('says in its help how an editor finds a schema', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('# yaml-language-server: $schema=');
    expect(stdout).toContain('config, exemptions, defaults, values, metadata, override, patch');
  });
});
