import { readFileSync } from 'node:fs';
import { FleetError } from '../../../layers/problem';
import { leavesAt } from '../../typescript/code-leaves';
import { dedented } from '../../typescript/fit-lines';
import { normalForm } from '../../typescript/normal-form';
import { membersOf } from '../../typescript/object-literal';
import { TypeScriptTree } from '../../typescript/typescript-tree';
import type { FormerApp, FormerFieldValues, FormerValue } from './former-fields';

interface Files {
  readonly former: string;
  readonly file: string;
}

const byHand = 'write what stood there before by hand, as a patch: `git log -p` shows it';

/** The same as {@link formerFields}, of a file in TypeScript. */
export function typeScriptFields(
  then: (path: string) => string | undefined,
  { former, file }: Files,
  patch: string,
  apps: readonly FormerApp[],
): readonly FormerFieldValues[] {
  const old = new Written(former, then(former) ?? '');
  const now = new Written(file, readFileSync(file, 'utf8'));
  return apps.flatMap(({ name, isGroup }) => {
    const own = isGroup ? [name] : [];
    const base = isGroup ? ['apps', name] : [];
    const change = ['patches', patch, 'change', ...own];
    return leavesAt({ file: former, text: old.tree.text }, change, byHand).map(([keys]): FormerFieldValues => {
      const overrides = [
        ...old.pathsIn(['overrides']).map((path) => ({ path, place: ['overrides', path, ...own] })),
        ...(isGroup ? old.pathsIn([...base, 'overrides']).map((path) => ({ path, place: [...base, 'overrides', path] })) : []),
      ];
      return {
        app: name,
        keys,
        said: old.valueAt([...change, ...keys]) as FormerValue,
        before: old.valueAt([...base, ...keys]),
        now: now.valueAt([...base, ...keys]),
        overrides: overrides.flatMap(({ path, place }) => {
          const before = old.valueAt([...place, ...keys]);
          return before ? [{ path, before }] : [];
        }),
      };
    });
  });
}

/** A file as some state of the configuration has it. */
class Written {
  readonly tree: TypeScriptTree;

  constructor(file: string, text: string) {
    this.tree = new TypeScriptTree({ file, text });
  }

  /** @returns `undefined` where nothing stands there, and where nobody can tell */
  valueAt(place: readonly string[]): FormerValue | undefined {
    const node = this.#tryFind(place);
    if (!node) return undefined;
    const code = dedented(this.tree.text, node);
    return { same: JSON.stringify(normalForm(node)), shown: code.replace(/\s+/g, ' '), code };
  }

  /** The keys of a map. */
  pathsIn(place: readonly string[]): readonly string[] {
    const node = this.#tryFind(place);
    return node?.type === 'ObjectExpression' ? (membersOf(node)?.map(({ key }) => key) ?? []) : [];
  }

  #tryFind(place: readonly string[]) {
    try {
      return this.tree.tryFind(place, byHand);
    } catch (error) {
      if (error instanceof FleetError) return undefined;
      throw error;
    }
  }
}
