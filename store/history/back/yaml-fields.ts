import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Commit, History } from '../../git/history';
import { parseYaml } from '../../yaml/parse-yaml';
import { type Section, sectionNames } from '../../yaml-fleet/yaml-fleet';
import type { FormerApp, FormerFieldValues, FormerValue } from './former-fields';

type Tree = { readonly [key: string]: unknown };

interface Then {
  readonly history: History;
  readonly last: Commit;
  readonly then: (path: string) => string | undefined;
}

/** The same as {@link formerFields}, of a component in YAML. */
export function yamlFields(
  { history, last, then }: Then,
  { former, file }: { readonly former: string; readonly file: string },
  patch: string,
  apps: readonly FormerApp[],
): readonly FormerFieldValues[] {
  const folder = dirname(former);
  const paths = history.filesAt(last, folder);
  const copy = paths.find((path) => path.endsWith(`/${patch}.yaml`));
  const read = (path: string) => treeOf(then(join(folder, path)) ?? '');
  const [said, base, now] = [copy === undefined ? {} : read(copy), treeOf(then(former) ?? ''), treeOf(readFileSync(file, 'utf8'))];
  const overrides = paths.flatMap((path) => (path.endsWith('/override.yaml') ? [{ path: path.slice(0, -'/override.yaml'.length), tree: read(path) }] : []));
  return sectionNames.flatMap((section) =>
    apps.flatMap(({ name }) => {
      const then = formerName(said, section, name, apps.length);
      const own = mapAt(mapAt(said, section), then);
      return leavesOf(own).map(([keys, value]): FormerFieldValues => {
        const at = (tree: Tree, app: string) => valueAt(tree, [section, app, ...keys]);
        return {
          app: name,
          keys,
          said: asValue(value),
          before: at(base, then),
          now: at(now, name),
          overrides: overrides.flatMap(({ path, tree }) => {
            const before = at(tree, then);
            return before ? [{ path, before }] : [];
          }),
        };
      });
    }),
  );
}

/** What an app was called then that is alone in its component: nothing else can be meant. */
function formerName(said: Tree, section: Section, name: string, count: number): string {
  const names = Object.keys(mapAt(said, section));
  return count === 1 && names.length === 1 ? (names[0] as string) : name;
}

function treeOf(text: string): Tree {
  const tree = parseYaml(text).toJS({ maxAliasCount: 1000 }) as unknown;
  return isTree(tree) ? tree : {};
}

function mapAt(tree: Tree, key: string): Tree {
  const found = Object.hasOwn(tree, key) ? tree[key] : undefined;
  return isTree(found) ? found : {};
}

function valueAt(tree: Tree, keys: readonly string[]): FormerValue | undefined {
  const last = keys[keys.length - 1] as string;
  const map = keys.slice(0, -1).reduce(mapAt, tree);
  return Object.hasOwn(map, last) && map[last] !== undefined ? asValue(map[last]) : undefined;
}

function asValue(data: unknown): FormerValue {
  const text = JSON.stringify(sorted(data));
  return { same: text, shown: typeof data === 'string' ? data : text, data };
}

function* leaves(tree: Tree, keys: readonly string[]): Generator<readonly [readonly string[], unknown]> {
  for (const [key, value] of Object.entries(tree)) {
    if (isTree(value) && Object.keys(value).length > 0) yield* leaves(value, [...keys, key]);
    else yield [[...keys, key], value];
  }
}

function leavesOf(tree: Tree): readonly (readonly [readonly string[], unknown])[] {
  return [...leaves(tree, [])];
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return isTree(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : value;
}
