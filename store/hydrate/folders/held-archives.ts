import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Problem } from '../../../layers/problem';
import type { LockedChart } from '../../charts/lock-file';
import type { LockedCharts } from '../../charts/locked-charts';
import { leadsOut } from '../../files/config-folder';
import { isOutside, shown } from '../../files/paths';
import { type HeldFiles, type Lack, lackText } from './held-files';

/** What to say of an ignored file of imported charts, behind its path. */
export const ignoredText = 'is ignored by Git: no clone would have it';

/** What helps. */
export const ignoredHint = '`git add --force imports/charts` takes what `.gitignore` leaves out; or say `!imports/charts/**` there';

/** Whether a clone has the lock and the archives that lie here. */
export class HeldArchives {
  readonly #locked: LockedCharts;
  /** Where links of theirs may lead. */
  readonly #within: string;
  readonly #held: HeldFiles;
  #lacks: ReadonlyMap<string, Lack> | undefined;

  /** @param base the top of the repository. Absolute */
  constructor(locked: LockedCharts, base: string, held: HeldFiles) {
    this.#locked = locked;
    // What is at another moment lies elsewhere than the archives, which are those of now.
    this.#within = isOutside(relative(base, locked.project)) ? locked.project : base;
    this.#held = held;
  }

  /** Why a clone does not have what lies here, or would have something else; nothing where it would, or where nothing lies here. */
  wrongWith(entry: LockedChart): Pick<Problem, 'code' | 'message' | 'hint'> | undefined {
    const { file: lock } = this.#locked;
    const archive = this.#locked.placeOf(entry);
    const file = [lock, archive].find((path) => existsSync(path) && leadsOut(path, this.#within));
    if (file !== undefined) {
      return { code: 'chart-lock', message: `a link leads from '${shown(file)}' out of the repository`, hint: 'remove it, and run `npx fleet charts pull`' };
    }
    // Of all at once: each question is a run of Git.
    const all = () => this.#locked.entries.flatMap((one) => (one.archive === undefined ? [] : this.#locked.placeOf(one)));
    this.#lacks ??= this.#held.lacks([lock, ...all()].filter((path) => existsSync(path)));
    for (const path of [lock, archive]) {
      const lack = this.#lacks.get(path);
      if (lack) return { code: 'chart-lock', message: `'${shown(path)}' ${lack === 'ignored' ? ignoredText : lackText[lack]}`, hint: ignoredHint };
    }
    return undefined;
  }
}
