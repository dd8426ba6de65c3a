import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChartId } from '../../layers/charts/chart-id';
import { type ChartInput, type ChartObjects, type ChartRenderer, readsRepository } from '../../layers/charts/chart-input';
import { getOr } from '../../layers/get-or';
import { isAtOrBelow } from '../../layers/hierarchy';
import { mapStrings } from '../../layers/text/token';
import { limits } from '../charts/chart-files';
import { isOutside, isThere } from '../files/paths';
import { inTemporaryFolder } from '../files/temporary-folder';
import { sizesOf } from '../git/objects';
import type { Repository } from '../git/repository';
import { blobsOf, tryTreeInside } from '../git/trees';
import { HelmRenderer } from './helm-renderer';

/** A commit of the fleet's repository. */
export interface Former {
  /** The folder of the configuration, beside which archives lie: those that are there now. */
  readonly config: string;
  readonly repository: Repository;
  readonly commit: string;
  /** The folder of rendered output, from the top of the repository: no chart lies there. */
  readonly output: string;
}

/** Renders charts as they were at a commit: what lies in the repository is read from its tree. */
export class FormerRenderer implements ChartRenderer {
  readonly #former: Former;

  constructor(former: Former) {
    this.#former = former;
  }

  /** What is only looked at is told nothing that stands for something else. */
  asked(): readonly [] {
    return [];
  }

  /** Archives are those that are there now, and so is their lock. */
  versionOf(id: ChartId): string | undefined {
    const { config, repository } = this.#former;
    return new HelmRenderer(config, repository.top).versionOf(id);
  }

  /** As little as {@link asked}. */
  capabilitiesOf(): readonly [] {
    return [];
  }

  /** As little as {@link asked}. */
  valuesOf(): readonly [] {
    return [];
  }

  digests(inputs: readonly ChartInput[]): readonly (string | undefined)[] {
    return inTree(this.#former, (base) => (base === undefined ? inputs.map(() => undefined) : new HelmRenderer(this.#former.config, base).digests(inputs)));
  }

  render(inputs: readonly ChartInput[]): readonly ChartObjects[] {
    const { config, repository } = this.#former;
    if (!inputs.some(readsRepository)) return new HelmRenderer(config, repository.top).render(inputs);
    return inTree(this.#former, (base) => {
      if (base !== undefined) return new HelmRenderer(config, base).render(inputs).map((given) => asOfRepository(given, base));
      const found = `more than ${limits.content} bytes`;
      return inputs.map(() => ({
        problems: [{ code: 'chart-broken', message: 'what the repository held at that commit is too large to be looked at', found }],
      }));
    });
  }
}

/** What is said of files, by their paths from the top of the repository. */
function asOfRepository(given: ChartObjects, base: string): ChartObjects {
  return 'problems' in given ? { problems: given.problems.map((problem) => mapStrings(problem, (text) => text.replaceAll(`${base}/`, ''))) } : given;
}

/** @param use is told a folder, which is removed afterwards; or nothing, where it would be too large */
function inTree<T>({ repository, commit, output }: Former, use: (folder: string | undefined) => T): T {
  const all = [...tryTreeInside(repository, commit, '')];
  const entries = all.filter(([path, { mode }]) => mode !== '160000' && !isAtOrBelow(path, output) && !isOutside(path) && !/(^|\/)\.git(\/|$)/i.test(path));
  const ids = entries.map(([, { id }]) => id);
  if (sizesOf(repository.git, ids).reduce<number>((sum, size = 0) => sum + size, 0) > limits.content) return use(undefined);
  const paths = new Map<string, (readonly [path: string, isLink: boolean])[]>();
  for (const [path, { id, mode }] of entries) getOr(paths, id, () => []).push([path, mode === '120000']);
  return inTemporaryFolder('charts', (folder) => {
    const links: (readonly [path: string, to: string])[] = [];
    for (const [id, content] of blobsOf(repository, ids)) {
      for (const [path, isLink] of paths.get(id) ?? []) {
        const file = join(folder, path);
        if (isLink) links.push([file, content.toString('utf8')]);
        else {
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
      }
    }
    // Last, so that nothing is written where one leads.
    for (const [file, to] of links) {
      mkdirSync(dirname(file), { recursive: true });
      if (!isThere(file)) symlinkSync(to, file);
    }
    return use(folder);
  });
}
