import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { compareStates } from '../../../changes/compare-states';
import { configState } from '../../../cli/read/state/config-state';
import { gitState } from '../../../cli/read/state/git-state';
import { type FleetOutput, fleetFromConfig } from '../../../constructs';
import { FleetError } from '../../../layers/problem';
import { Repository } from '../../../store/git/repository';
import { Revisions } from '../../../store/git/revisions';
import { texts } from '../../../store/output/output-folder';
import { readConfig } from '../../../store/read/read-config';
import { application, apps, buildFleet } from '../../builders/fleet-builder';
import { partly } from '../../runs';
import { formerTexts } from '../../store/state/former-writer';
import { stateData } from '../../store/state/state-law';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';
import { examples } from '../../workspaces/workspace';

const folders = new TemporaryFolders();

function small(replicas = 1): FleetOutput {
  const source = { repoURL: 'https://example.com/web.git', path: 'web', helm: { valuesObject: { replicas } } };
  return buildFleet(apps({ web: application({ source, overrides: { production: { source: { helm: { valuesObject: { tier: 'gold' } } } } } }) })).synth();
}

/** The same with other targets: another team's fleet. */
function elsewhere(): FleetOutput {
  const fleet = { repository: 'https://example.com/fleet.git', environments: [{ name: 'lab', sectors: [{ name: 'one', regions: ['moon'] }] }] };
  return buildFleet({ fleet, clusterTypes: { mgmt: { apps: { web: application() } } } }).synth();
}

const example = fleetFromConfig(readConfig(examples.hub)).synth();

/** A repository with a configuration folder, into whose folders output is rendered. */
class Repo {
  readonly git = new GitFolder(folders.make({ 'config/fleet.ts': '' }));
  #hour = 0;

  render(folder: string, files: FleetOutput | Readonly<Record<string, string>>): this {
    rmSync(join(this.git.path, folder), { recursive: true, force: true });
    const own = Symbol.iterator in files ? Object.fromEntries([...texts(files)].map(({ path, text }) => [path, text])) : files;
    write(join(this.git.path, folder), own);
    return this;
  }

  commit(): string {
    this.#hour += 1;
    this.git.commit(this.#hour);
    return this.git.git('rev-parse', 'HEAD').trim();
  }

  /** @param of the fleet as it is now */
  state(revision: string, { path = 'dist', of = small() as FleetOutput, mayBeEmpty = false } = {}) {
    const config = join(this.git.path, 'config');
    const repository = Repository.find(config);
    const { dimensions, sequence } = configState(of).fleet;
    return gitState(repository, new Revisions(repository).resolve(revision), { config, path, dimensions, sequence }, { mayBeEmpty });
  }

  problem(...args: Parameters<Repo['state']>) {
    return problemOf(() => this.state(...args));
  }
}

function problemOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems.map(({ code, message, found, hint }) => ({ code, message, found, hint }));
    throw error;
  }
  return [];
}

test('every commit is asked for what it recorded, whatever came behind it', () => {
  const repo = new Repo();
  const first = repo.render('dist', small(1)).commit();
  repo.render('dist', small(2)).commit();
  rmSync(join(repo.git.path, 'dist'), { recursive: true });
  expect(stateData(repo.state('HEAD~1'))).toEqual(stateData(configState(small(1))));
  expect(stateData(repo.state('HEAD'))).toEqual(stateData(configState(small(2))));
  expect([repo.state('HEAD~1').name, repo.state(first).name, repo.state(first.slice(0, 9)).name]).toEqual([
    `HEAD~1 (${first.slice(0, 7)})`,
    first.slice(0, 7),
    first.slice(0, 7),
  ]);
  const { changes } = compareStates(repo.state('HEAD~1'), repo.state('HEAD'));
  expect(changes).toMatchObject([{ kind: 'field', field: 'source.helm.valuesObject.replicas', before: 1, after: 2, paths: ['*'] }]);
});

describe('an output folder that had another name', () => {
  test.each([
    ['that recorded', (output: FleetOutput) => output],
    ['of a version that recorded nothing apart', formerTexts],
  ])('is found %s', (_, written) => {
    const cases = [
      [small(), 'rendered/fleet'],
      [example, 'old'],
      [small(), 'old'],
    ] as const;
    for (const [output, folder] of partly<(typeof cases)[number]>(cases, 2)) {
      const repo = new Repo();
      const old = repo.render(folder, written(output)).commit();
      repo.git.git('mv', folder, 'dist');
      repo.commit();
      const state = repo.state('HEAD~1', { of: output });
      expect(state.notes).toEqual([
        `the output of HEAD~1 (${old.slice(0, 7)}) is in '${join(repo.git.path, folder)}', which is '${join(repo.git.path, 'dist')}' now`,
      ]);
      const files = ({ files: all }: ReturnType<typeof stateData>) => all.map(({ file, content }) => ({ file, content }));
      expect(files(stateData(state))).toEqual(files(stateData(configState(output))));
    }
  });

  test('is found before the new name is committed', () => {
    const repo = new Repo();
    repo.render('old', small()).commit();
    expect(repo.state('HEAD').files).toHaveLength(3);
  });

  test('is none of another fleet, be it still there, or with other targets', () => {
    const repo = new Repo();
    repo.render('other', small()).render('third', elsewhere()).commit();
    repo.render('dist', small()).commit();
    expect(repo.problem('HEAD~1')).toMatchObject([{ code: 'no-output', message: expect.stringContaining("'HEAD~1' has no rendered output in") }]);
  });

  test('is not guessed where several may be meant', () => {
    const repo = new Repo();
    repo.render('one', small()).render('two', small()).commit();
    const named = ['one', 'two'].map((name) => `'${join(repo.git.path, name)}'`).join(', ');
    expect(repo.problem('HEAD')).toMatchObject([{ code: 'no-output', message: expect.stringContaining('several folders'), found: named }]);
  });
});

describe('a commit without rendered output', () => {
  test('is an error that says which, and where it was looked for', () => {
    const repo = new Repo();
    repo.render('dist', { 'README.md': 'nothing is rendered yet\n' }).commit();
    const message = `'HEAD' has no rendered output in '${join(repo.git.path, 'dist')}'`;
    expect(repo.problem('HEAD')).toEqual([
      { code: 'no-output', message, found: undefined, hint: 'name a later commit, or commit what `npx fleet synth` writes' },
    ]);
  });

  test('is one before the fleet where that is asked for: everything is new since', () => {
    const repo = new Repo();
    const first = repo.commit();
    const state = repo.state('HEAD', { mayBeEmpty: true });
    expect(state.notes).toEqual([`HEAD (${first.slice(0, 7)}) has no rendered output in '${join(repo.git.path, 'dist')}': nothing was rendered then`]);
    expect(compareStates(state, configState(small())).changes).toMatchObject([{ kind: 'target-added', apps: 3, paths: ['*'] }]);
  });

  test('is told apart from output that Git is told to leave out', () => {
    const repo = new Repo();
    write(repo.git.path, { '.gitignore': 'dist/\n' });
    repo.render('dist', small()).commit();
    for (const mayBeEmpty of [false, true]) {
      expect(repo.problem('HEAD', { mayBeEmpty })).toMatchObject([{ code: 'no-output', found: 'it is ignored' }]);
    }
  });

  test('is told apart from output that lies elsewhere', () => {
    const repo = new Repo();
    repo.commit();
    mkdirSync(join(repo.git.path, '../elsewhere'), { recursive: true });
    expect(repo.problem('HEAD', { path: '../elsewhere' })).toMatchObject([{ message: expect.stringContaining('lies outside of the repository') }]);
    rmSync(join(repo.git.path, '../elsewhere'), { recursive: true });
  });
});

test('links and submodules in the output are none of it', () => {
  const repo = new Repo();
  repo.render('dist', small());
  symlinkSync('/etc/passwd', join(repo.git.path, 'dist/mgmt/production/prod-1/us/templates/link.yaml'));
  symlinkSync('dist', join(repo.git.path, 'link'));
  repo.commit();
  repo.git.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},dist/mgmt/production/prod-1/us/templates/module.yaml`);
  repo.git.git('commit', '-qm', 'a submodule');
  expect(stateData(repo.state('HEAD'))).toEqual(stateData(configState(small())));
  expect(repo.problem('HEAD', { path: 'new' })).toEqual([]);
});

describe('output that cannot be read', () => {
  const marks = (text: string) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`;

  test.each(['_record/fleet.yaml', '_record/mgmt/web.yaml', 'mgmt/production/prod-1/us/templates/web.yaml'])(
    'names %s where a conflict was committed',
    (path) => {
      const repo = new Repo();
      const files = Object.fromEntries([...texts(small())].map((one) => [one.path, one.text]));
      const hash = repo.render('dist', { ...files, [path]: marks(files[path] as string) }).commit();
      const read = () => {
        const state = repo.state('HEAD');
        for (const record of state.records) record.read();
        state.read(state.files);
      };
      const file = `'${join(repo.git.path, 'dist', path)}' of ${hash.slice(0, 7)}`;
      expect(problemOf(read)).toMatchObject([{ code: 'no-output', message: `${file} has the marks of a conflict: a merge was committed with them` }]);
    },
  );

  test('names what is no YAML, and what is no ApplicationSet of a component', () => {
    const files = Object.fromEntries([...texts(example)].map((one) => [one.path, one.text]));
    const set = 'hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml';
    const edited = (files[set] as string).replace('    - clusters:', '    - list: { elements: [] }\n    - clusters:');
    for (const [text, said] of [
      ['a: [', 'is no YAML'],
      [edited, 'is not what was rendered'],
    ] as const) {
      const repo = new Repo();
      const hash = repo.render('dist', { ...files, [set]: text }).commit();
      expect(repo.problem('HEAD', { of: example })).toMatchObject([
        { code: 'no-output', message: `'${join(repo.git.path, 'dist', set)}' of ${hash.slice(0, 7)} ${said}` },
      ]);
    }
  });

  test('asks for an update where a newer version wrote it', () => {
    const repo = new Repo();
    const files = Object.fromEntries([...texts(small())].map((one) => [one.path, one.text.replace('format: 1', 'format: 2')]));
    repo.render('dist', files).commit();
    expect(repo.problem('HEAD')).toMatchObject([
      { code: 'no-output', message: 'the output was rendered by a newer version of cdk8s-fleet', found: 'format 2', hint: 'update cdk8s-fleet' },
    ]);
  });
});
