import { FleetError, type Problem } from '../../layers/problem';
import { dayOf, isDateText, tryReadDate } from '../../layers/text/date';
import { asksFor, nearest } from '../../layers/text/nearest';
import { noHistory, Repository } from './repository';

/** A commit that somebody asked for. */
export interface Revision {
  /** As it was written: `HEAD~2`, `origin/main`, `2026-11-01`. */
  readonly text: string;
  readonly hash: string;
}

/** Two states to compare. */
export interface RevisionRange {
  readonly from: Revision;
  /** @default - what is in the work tree */
  readonly to?: Revision;
}

export interface ResolveOptions {
  /** Whether a date is taken, too. A branch or a tag of that name wins. @default false */
  readonly dates?: boolean;
  /** Whose commits a date looks at: its own, and not those of branches that were merged into it. @default 'HEAD' */
  readonly of?: string;
}

const unshallow = 'bring what was left out with `git fetch --unshallow` (in a pipeline, check it out with `fetch-depth: 0`)';

/** Commits as people write them. */
export class Revisions {
  readonly repository: Repository;
  readonly #known = new Map<string, string>();
  #names: readonly string[] | undefined;

  /** @throws FleetError (`no-history`) where there is no repository, and where Git tells nothing of it */
  constructor(folder: string | Repository) {
    this.repository = typeof folder === 'string' ? Repository.find(folder) : folder;
  }

  /**
   * @param text what `git rev-parse` takes for a commit (`HEAD~2`, a branch, `origin/main`, a tag, the beginning of an id), or a date:
   *             the last commit that is not after it, where a day means its end
   * @throws FleetError (`unknown-revision`, `no-history`)
   */
  resolve(text: string, options: ResolveOptions = {}): Revision {
    const hash = this.#tryHash(text);
    if (hash !== undefined) return { text, hash };
    if (options.dates === true && isDateText(text)) return { text, hash: this.#lastBefore(text, options.of ?? 'HEAD') };
    throw this.#unknown(text, options);
  }

  /** As {@link resolve}; `undefined` where no commit has that name. */
  tryResolve(text: string, options: ResolveOptions = {}): Revision | undefined {
    const isMeant = this.#tryHash(text) !== undefined || (options.dates === true && isDateText(text));
    return isMeant ? this.resolve(text, options) : undefined;
  }

  /**
   * Two commits: `A..B`, `A...B` (from where B left A), `A..` and `..B` (the other is HEAD), or one, `A`, and what is in the work
   * tree.
   *
   * @throws FleetError (`unknown-revision`, `no-history`)
   */
  range(text: string, options: ResolveOptions = {}): RevisionRange {
    const [, before = '', dots = '', after = ''] = /^(.*?)(\.{2,3})(.*)$/s.exec(text) ?? [];
    if (dots === '') return { from: this.resolve(text, options) };
    const [from, to] = [this.resolve(before === '' ? 'HEAD' : before, options), this.resolve(after === '' ? 'HEAD' : after, options)];
    return dots === '..' ? { from, to } : { from: { text: from.text, hash: this.mergeBase(from, to) }, to };
  }

  /** The last commit that two have in common; of several, one. @throws FleetError (`unknown-revision`, `no-history`) */
  mergeBase(one: Revision, other: Revision): string {
    const [base = ''] = this.repository.tryText('merge-base', [one.hash, other.hash])?.split('\n') ?? [];
    if (base !== '') return base;
    const message = `'${one.text}' and '${other.text}' have no commit in common`;
    if (this.repository.isShallow) throw noHistory({ message: `${message} in what was cloned`, hint: unshallow });
    throw unknownRevision({ message, hint: `compare them as they are: '${one.text}..${other.text}'` });
  }

  /** Branches and tags, as short as Git shows them. */
  get names(): readonly string[] {
    this.#names ??= (this.repository.tryText('for-each-ref', ['--format=%(refname)', 'refs/heads', 'refs/tags', 'refs/remotes']) ?? '')
      .split('\n')
      .filter((name) => name !== '' && !/^refs\/remotes\/[^/]+\/HEAD$/.test(name))
      .map((name) => name.replace(/^refs\/(heads|tags|remotes)\//, ''));
    return this.#names;
  }

  #tryHash(text: string): string | undefined {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    // What begins with `-` is an option to Git and with `^` an exclusion, and `:/…` and `^{/…}` search the messages of all commits.
    if (text === '' || /^[-^:]|[\0\r\n]|\^\{\//.test(text)) return undefined;
    const hash = this.#parse(text);
    if (hash === undefined) return undefined;
    this.#refuseTwoNames(text, hash);
    this.#known.set(text, hash);
    return hash;
  }

  #parse(text: string): string | undefined {
    const printed = this.repository.tryText('rev-parse', ['--verify', '--quiet', `${text}^{commit}`])?.trim() ?? '';
    return /^[0-9a-f]{40,64}$/.test(printed) ? printed : undefined;
  }

  /** Git takes the tag where a branch has its name: whoever typed it may have meant the other. */
  #refuseTwoNames(text: string, hash: string): void {
    // What no name may have in it is none, and asking Git for all of them is a process more; nor is a whole id.
    if (text === 'HEAD' || text === hash || /[~^:?*[\\ ]/.test(text) || !this.names.includes(text)) return;
    const meant = ['refs/heads/', 'refs/tags/', 'refs/remotes/'].map((room) => `${room}${text}`).filter((name) => (this.#parse(name) ?? hash) !== hash);
    const [other] = meant;
    if (other === undefined) return;
    throw unknownRevision({
      message: `two have the name '${text}', a branch and a tag, and their commits differ`,
      hint: `write it in full: '${other}', or '${other.startsWith('refs/heads/') ? 'refs/tags/' : 'refs/heads/'}${text}'`,
    });
  }

  /**
   * The last commit of a branch that is not after a moment, in milliseconds; those of branches that were merged into it are none of it.
   *
   * @param hash where the branch ends
   * @param text what the moment is called
   * @throws FleetError (`no-history`) where what was then may have been left out
   */
  tryLastBefore(moment: number, hash: string, text: string): string | undefined {
    const seconds = Math.floor(moment / 1000);
    const last = seconds < 0 ? '' : this.repository.text('rev-list', ['--first-parent', '--max-count=1', `--min-age=${seconds}`, hash]).trim();
    if (last === '' && this.repository.isShallow) {
      throw noHistory({ message: `what was on ${text} is not here: the repository was cloned without its history`, hint: unshallow });
    }
    return last === '' ? undefined : last;
  }

  #lastBefore(text: string, of: string): string {
    const moment = tryReadDate(text, 'end');
    if (moment === undefined) throw unknownRevision({ message: `'${text}' is no date: there is no such day or time`, expected: dateForms });
    const { hash } = this.resolve(of);
    const last = this.tryLastBefore(moment, hash, text);
    if (last !== undefined) return last;
    throw unknownRevision({ message: `there was no commit yet on ${text}`, found: `the first one of '${of}' is of ${this.#firstDay(hash)}` });
  }

  #firstDay(hash: string): string {
    const lines = this.repository.text('rev-list', ['--first-parent', '--timestamp', hash]).trim().split('\n');
    return dayOf(Number.parseInt(lines.at(-1) ?? '', 10) * 1000);
  }

  #unknown(text: string, { dates }: ResolveOptions): FleetError {
    const { repository } = this;
    const { isShallow } = repository;
    const [, name = text, steps = ''] = /^(.+?)([~^][~^0-9]*)$/.exec(text) ?? [];
    if (this.#tryHash('HEAD') === undefined && (this.names.length === 0 || name === 'HEAD' || name === '@')) {
      return noHistory({ message: 'nothing was committed here yet', hint: 'commit first: what was before is told by Git' });
    }
    if (steps !== '' && this.#tryHash(name) !== undefined) {
      return isShallow
        ? noHistory({ message: `'${text}' is not here: the repository was cloned without its history`, hint: unshallow })
        : unknownRevision({ message: `there is no commit '${text}'`, found: `'${name}' has fewer commits before it` });
    }
    if (/^[0-9a-f]{4,64}$/i.test(text)) {
      const ids = this.#objects(text);
      const commits = ids.filter(({ type }) => type === 'commit' || type === 'tag').map(({ id }) => id);
      if (commits.length > 1)
        return unknownRevision({ message: `'${text}' is the beginning of ${commits.length} commits`, hint: `write more of it: ${list(commits)}` });
      const [only] = ids;
      if (only) return unknownRevision({ message: `'${text}' is no commit`, found: only.type === 'blob' ? 'a file' : 'a folder' });
      const isId = text.length === 40 || text.length === 64;
      if (isId && isShallow) return noHistory({ message: `the commit '${text}' is not here: the repository was cloned without its history`, hint: unshallow });
    }
    const remote = this.names.find((one) => one.endsWith(`/${name}`));
    const meant = remote ?? nearest(name, this.names);
    const hint = meant !== undefined ? asksFor(`${meant}${steps}`) : this.#shownNames();
    return unknownRevision({
      message: `there is no branch, tag or commit '${text}'`,
      ...(dates === true && /^\d{4}-/.test(text) ? { expected: `one of them, or a date: ${dateForms}` } : {}),
      hint: isShallow ? `${hint}; the repository was cloned without its history: ${unshallow}` : hint,
    });
  }

  #shownNames(): string {
    return this.names.length === 0 ? 'see `git log`' : `there are ${list(this.names)}`;
  }

  /** Everything whose id begins so. */
  #objects(start: string): readonly { readonly id: string; readonly type: string }[] {
    const ids = this.repository.tryText('rev-parse', [`--disambiguate=${start.toLowerCase()}`]) ?? '';
    const types = ids === '' ? '' : (this.repository.tryText('cat-file', ['--batch-check=%(objectname) %(objecttype)'], ids) ?? '');
    return types
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ id: line.slice(0, line.indexOf(' ')), type: line.slice(line.indexOf(' ') + 1) }));
  }
}

const dateForms = '2026-11-01, 2026-11-01T10:00, 2026-11-01T10:00+01:00';

function list(words: readonly string[]): string {
  return `${words
    .slice(0, 8)
    .map((word) => `'${word}'`)
    .join(', ')}${words.length > 8 ? `, … (${words.length} in all)` : ''}`;
}

function unknownRevision(problem: Omit<Problem, 'code'>): FleetError {
  return new FleetError([{ code: 'unknown-revision', ...problem }]);
}
