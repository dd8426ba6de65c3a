import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type AnyFleet, fleetFromConfig } from '../../constructs';
import { writeOutput } from '../../store/output/write-output';
import { readConfig } from '../../store/read/read-config';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { examples } from '../workspaces/workspace';

const folders = new TemporaryFolders();
const example = join(__dirname, 'example');

/** The texts of a rendered fleet by path. */
function rendered(fleet: AnyFleet): ReadonlyMap<string, string> {
  const folder = join(folders.make(), 'dist');
  writeOutput(folder, fleet.synth());
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ parentPath, name }) => join(parentPath, name)).map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
}

/** What generators of the layout never rendered, and roots in TypeScript have. */
function withoutOptions(files: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return files.map(([path, text]) => [path, text.replace(/^( *)goTemplateOptions:(?: # \w+)?\n\1 {2}- missingkey=error\n/gm, '')]);
}

/** The files whose path matches, in order. */
function only(files: ReadonlyMap<string, string>, pattern: RegExp): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => pattern.test(path)).sort();
}

describe('the example fleet in YAML', () => {
  const yaml = rendered(fleetFromConfig(readConfig(example)));
  const typescript = rendered(fleetFromConfig(readConfig(examples.typescript)));

  test('has nothing wrong with it but fields that never were rendered', () => {
    expect(readConfig(example).form).toBe('yaml');
    const notice = { code: 'key-unused', severity: 'notice' };
    const roots = ['infra-cluster-root', 'management-cluster-root'].map((root) => ({
      ...notice,
      file: `test/yaml/example/infra-cluster/${root}/values.yaml`,
      place: ['applicationsets', root, 'goTemplateOptions'],
    }));
    expect(fleetFromConfig(readConfig(example)).synth().warnings).toMatchObject([
      { ...notice, file: 'test/yaml/example/infra-cluster/defaults.yaml', place: ['applicationsets', 'default', 'project'] },
      ...roots,
    ]);
  });

  test('renders the templates of the fleet in TypeScript, byte for byte, but for options that such fleets never had', () => {
    const templates = only(yaml, /\/templates\//);
    expect(templates).toHaveLength(63);
    expect(templates).toEqual(withoutOptions(only(typescript, /\/templates\//)));
  });

  test('renders the same charts, byte for byte', () => {
    const charts = only(yaml, /\/Chart\.yaml$/);
    expect(charts).toHaveLength(18);
    expect(charts).toEqual(only(typescript, /\/Chart\.yaml$/));
  });

  test('differs in manifests, which YAML cannot have, and in nothing else', () => {
    const others = [...typescript.keys()].filter((path) => !yaml.has(path));
    expect(others).toHaveLength(9);
    expect(others.every((path) => /^management-cluster\/.*\/manifests\/fleet-info\//.test(path))).toBe(true);
    expect([...yaml.keys()].filter((path) => !typescript.has(path))).toEqual([]);
  });

  test('records the same layers, but that what a root generates is its base here, and that sources without names are replaced whole', () => {
    const records = only(yaml, /^_record\/.*\.yaml$/).filter(([path]) => !path.endsWith('/prometheus.yaml'));
    expect(records).toHaveLength(7);
    for (const [path, text] of records) {
      const { layers = [], ...rest } = parse(typescript.get(path) ?? '') as { readonly layers?: readonly { readonly layer: string }[] };
      const others = { ...rest, ...(path === '_record/fleet.yaml' ? {} : { layers: layers.filter(({ layer }) => layer !== 'generated') }) };
      expect([path, parse(text)]).toEqual([path, others]);
    }
  });

  test('is the same fleet wherever its folder lies', () => {
    const elsewhere = join(folders.make(), 'deep', 'config');
    cpSync(example, elsewhere, { recursive: true });
    expect(rendered(fleetFromConfig(readConfig(elsewhere)))).toEqual(yaml);
  });
});
