import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HubWorkspace } from '../workspaces/hub-workspace';
import { repository } from '../workspaces/workspace';
import { escaped } from './shown-commands';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');

/** The paths of a tree that a document draws by indentation, below its first line. */
function pathsOf(text: string, top: string): readonly string[] {
  const [, tree = ''] = new RegExp(`\`\`\`\n${top}/\n([\\s\\S]*?)\n\`\`\``).exec(text) ?? [];
  const open: { readonly indent: number; readonly path: string }[] = [];
  return tree
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const indent = line.search(/\S/);
      const [name = ''] = line.trim().split(/\s/);
      while ((open[open.length - 1]?.indent ?? -1) >= indent) open.pop();
      const path = `${open[open.length - 1]?.path ?? ''}${name}`;
      if (name.endsWith('/')) open.push({ indent, path });
      return name.endsWith('/') ? [] : [path];
    });
}

/** `{name}` is any name, and … any path. */
function placeOf(path: string): RegExp {
  const parts = path.split(/(\{\w+\}|…)/).map((part) => (part === '…' ? '.+' : part.startsWith('{') ? '[^/]+' : escaped(part)));
  return new RegExp(`^${parts.join('')}$`);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

let workspace: HubWorkspace;

beforeAll(async () => {
  workspace = await new HubWorkspace().started();
});

afterAll(() => workspace.remove());

describe('the example of hubs and spokes has the layout that the documents draw', () => {
  test.each([
    ['config', 'docs/hub-spoke/configuration.md'],
    ['dist', 'docs/hub-spoke.md'],
  ])('%s, in %s', (top, document) => {
    const files = filesBelow(join(workspace.path, top));
    // In `config/` what begins with `_` is left alone: nobody has to have it.
    const paths = pathsOf(read(document), top).filter((path) => top === 'dist' || !/(^|\/)_/.test(path));
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !files.some((file) => placeOf(path).test(file)))).toEqual([]);
    expect(files.filter((file) => !paths.some((path) => placeOf(path).test(file)))).toEqual([]);
  });
});
