import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitFolder } from './git-folder';
import { write } from './temporary-folder';

/** Every setting of a repository's own that names a program, and what else makes Git run it. */
export const hostileSettings: Readonly<Record<string, (program: string) => readonly (readonly [name: string, value: string])[]>> = {
  'core.fsmonitor': (program) => [['core.fsmonitor', program]],
  'core.fsmonitor, with an untracked cache': (program) => [
    ['core.fsmonitor', program],
    ['core.fsmonitorHookVersion', '1'],
    ['core.untrackedCache', 'true'],
  ],
  'core.hooksPath': (program) => [['core.hooksPath', join(program, '..', 'hooks')]],
  'core.pager': (program) => [
    ['core.pager', program],
    ...['log', 'show', 'status', 'cat-file', 'ls-tree', 'ls-files', 'rev-list', 'rev-parse', 'diff-tree'].map((name) => [`pager.${name}`, program] as const),
  ],
  'core.sshCommand': (program) => [
    ['core.sshCommand', program],
    ['core.gitProxy', program],
    ['core.askPass', program],
    ['core.editor', program],
    ['core.alternateRefsCommand', program],
    ['credential.helper', `!${program}`],
  ],
  'filter.*': (program) => [
    ['filter.x.clean', program],
    ['filter.x.smudge', program],
    ['filter.x.required', 'true'],
  ],
  'filter.*.process': (program) => [['filter.x.process', program]],
  'diff.external': (program) => [
    ['diff.external', program],
    ['diff.x.command', program],
    ['merge.x.driver', program],
  ],
  'diff.*.textconv': (program) => [
    ['diff.x.textconv', program],
    ['diff.x.cachetextconv', 'true'],
  ],
  'gpg.program': (program) => [
    ['log.showSignature', 'true'],
    ['gpg.program', program],
    ['gpg.ssh.program', program],
    ['gpg.x509.program', program],
    ['commit.gpgSign', 'true'],
  ],
  'uploadpack.packObjectsHook': (program) => [['uploadpack.packObjectsHook', program]],
  'alias.*': (program) =>
    ['log', 'show', 'status', 'cat-file', 'ls-tree', 'ls-files', 'rev-list', 'rev-parse', 'diff-tree'].map((name) => [`alias.${name}`, `!${program}`] as const),
  'include.path': (program) => [['include.path', join(program, '..', 'included')]],
  'includeIf.*.path': (program) => [['includeIf.gitdir:**.path', join(program, '..', 'included')]],
  'a remote that owes objects': (program) => [
    ['core.repositoryFormatVersion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.url', `ext::${program} x`],
    ['remote.origin.uploadpack', program],
    ['protocol.allow', 'always'],
    ['protocol.ext.allow', 'always'],
  ],
};

/** A repository that somebody else wrote. Each program that it names leaves a file behind when it is run. */
export class HostileRepository {
  readonly git: GitFolder;
  readonly #canaries: string;
  readonly #program: string;

  /**
   * @param folder   where files are already
   * @param programs a folder of its own, for the programs and what they leave behind
   */
  constructor(folder: string, programs: string) {
    this.git = new GitFolder(folder);
    this.#canaries = join(programs, 'canaries');
    this.#program = join(programs, 'program');
    const hooks = join(programs, 'hooks');
    for (const made of [this.#canaries, hooks]) mkdirSync(made, { recursive: true });
    const scripts = ['post-index-change', 'reference-transaction', 'pre-auto-gc', 'post-checkout', 'fsmonitor-watchman', 'pre-commit', 'post-commit'];
    for (const script of [this.#program, ...scripts.map((name) => join(hooks, name))]) {
      writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> '${this.#canaries}/ran'\nexit 1\n`);
      chmodSync(script, 0o755);
    }
    writeFileSync(join(programs, 'included'), `[core]\n\tfsmonitor = ${this.#program}\n[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ${this.#program}\n`);
    write(folder, { '.git/info/attributes': '* filter=x diff=x merge=x\n' });
  }

  /** Commits everything, and says so with a signature that has to be checked. */
  commitSigned(hour: number): this {
    this.git.commit(hour);
    const [head = '', ...rest] = this.git.git('cat-file', 'commit', 'HEAD').split('\n\n');
    const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----';
    write(this.git.path, { '.git/signed': `${head}\n${signature}\n\n${rest.join('\n\n')}` });
    const hash = this.git.git('hash-object', '-t', 'commit', '-w', '.git/signed').trim();
    rmSync(join(this.git.path, '.git/signed'));
    this.git.git('update-ref', 'HEAD', hash);
    return this;
  }

  /** Has the repository name programs. Nothing may be committed after it: Git itself would run them. */
  arm(settings: readonly (keyof typeof hostileSettings)[]): this {
    const lines = settings.flatMap((setting) => hostileSettings[setting]?.(this.#program) ?? []);
    for (const [name, value] of lines) this.git.git('config', '--add', name, value);
    return this;
  }

  /** Takes a file's content out of the repository: a remote would have to be asked for it. */
  forget(path: string): this {
    const id = this.git.git('rev-parse', `HEAD:${path}`).trim();
    rmSync(join(this.git.path, '.git/objects', id.slice(0, 2), id.slice(2)));
    return this;
  }

  /** Whether any of the programs was run since it was last asked. */
  hasRun(): boolean {
    const ran = readdirSync(this.#canaries).length > 0;
    rmSync(this.#canaries, { recursive: true });
    mkdirSync(this.#canaries);
    return ran;
  }

  /** Makes a folder look like a repository of its own, with these settings. */
  disguise(folder: string, settings: readonly (keyof typeof hostileSettings)[]): this {
    const text = settings
      .flatMap((setting) => hostileSettings[setting]?.(this.#program) ?? [])
      .map(([name, value]) => {
        const parts = name.split('.');
        const [section = '', key = ''] = [parts[0], parts[parts.length - 1]];
        const middle = parts.slice(1, -1).join('.');
        return `[${section}${middle === '' ? '' : ` "${middle}"`}]\n\t${key} = ${JSON.stringify(value)}\n`;
      });
    const base = '[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n';
    write(folder, { HEAD: 'ref: refs/heads/main\n', 'objects/info/': '', 'refs/heads/': '', config: base + text.join('') });
    return this;
  }
}
