import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { parse } from 'yaml';
import { cdk8sOutput, writeIndex } from '../../../store/output/cdk8s/cdk8s-output';
import { TemporaryFolders, tree } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const { CDK8S_OUTDIR } = process.env;
const home = cwd();
const report = { targets: 2, files: 7, written: ['a', 'b'], removed: ['c'], unchanged: 5, left: [], settled: [] };

/** A repository with this cdk8s.yaml as the working directory, and what the CLI says it wants. */
function repository(cdk8sYaml: string | undefined, wanted: string | undefined): string {
  const folder = folders.make(cdk8sYaml === undefined ? {} : { 'cdk8s.yaml': cdk8sYaml });
  chdir(folder);
  if (wanted === undefined) delete process.env.CDK8S_OUTDIR;
  else process.env.CDK8S_OUTDIR = wanted;
  return folder;
}

afterEach(() => {
  chdir(home);
  if (CDK8S_OUTDIR === undefined) delete process.env.CDK8S_OUTDIR;
  else process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
});

describe('output goes', () => {
  test('to the committed folder where no CLI runs', () => {
    repository('output: .cdk8s', undefined);
    expect(cdk8sOutput('dist')).toEqual({ dir: 'dist' });
  });

  test('to the committed folder where the CLI has nothing to say', () => {
    repository('output: .cdk8s', '');
    expect(cdk8sOutput('dist')).toEqual({ dir: 'dist' });
  });

  test.each(['.cdk8s', './.cdk8s/', '.cdk8s/.'])('to the committed folder where the CLI wants its scratch folder, as %p', (wanted) => {
    repository('language: typescript\noutput: .cdk8s\n', wanted);
    expect(cdk8sOutput('dist')).toEqual({ dir: 'dist', scratch: wanted });
  });

  test('to the committed folder where the CLI names its scratch folder absolutely', () => {
    const folder = repository('output: .cdk8s', '.cdk8s');
    process.env.CDK8S_OUTDIR = `${folder}/.cdk8s`;
    expect(cdk8sOutput('dist')).toEqual({ dir: 'dist', scratch: `${folder}/.cdk8s` });
  });

  test('to an explicit --output, as it is asked for', () => {
    repository('output: .cdk8s', '/tmp/somewhere/else');
    expect(cdk8sOutput('dist')).toEqual({ dir: '/tmp/somewhere/else' });
  });

  test.each([undefined, '', 'language: typescript\n'])('to where the CLI wants it where cdk8s.yaml says %p', (yaml) => {
    repository(yaml, 'wanted');
    expect(cdk8sOutput('dist')).toEqual({ dir: 'wanted' });
  });
});

describe('what the CLI does with it is known:', () => {
  const temporary = (name: string) => {
    const folder = join(tmpdir(), `${name}-${process.pid}`);
    mkdirSync(folder);
    return folder;
  };

  test('it prints what is in a temporary folder that it made, and in no other', () => {
    const made = temporary('cdk8s');
    const other = temporary('other');
    try {
      repository('output: .cdk8s', made);
      expect(cdk8sOutput('dist')).toEqual({ dir: made, isPrinted: true });
      process.env.CDK8S_OUTDIR = other;
      expect(cdk8sOutput('dist')).toEqual({ dir: other });
      // One that it was told of is not there: it deletes it before.
      process.env.CDK8S_OUTDIR = `${made}-told`;
      expect(cdk8sOutput('dist')).toEqual({ dir: `${made}-told` });
      writeFileSync(join(made, 'mine.txt'), 'mine');
      process.env.CDK8S_OUTDIR = made;
      expect(cdk8sOutput('dist')).toEqual({ dir: made });
    } finally {
      for (const folder of [made, other]) rmSync(folder, { recursive: true });
    }
  });

  test.each(['validations: plugins.yaml', 'validations:\n  - package: x'])('it has plugins look at it where cdk8s.yaml says %p', (yaml) => {
    repository(`output: .cdk8s\n${yaml}\n`, '.cdk8s');
    expect(cdk8sOutput('dist')).toEqual({ dir: 'dist', scratch: '.cdk8s', isValidated: true });
    process.env.CDK8S_OUTDIR = 'elsewhere';
    expect(cdk8sOutput('dist')).toEqual({ dir: 'elsewhere', isValidated: true });
  });

  test.each(['validations:', 'validations: []', "validations: ''"])('and none where it says %p', (yaml) => {
    repository(`output: .cdk8s\n${yaml}\n`, '.cdk8s');
    expect(cdk8sOutput('dist')).toEqual({ dir: 'dist', scratch: '.cdk8s' });
  });
});

describe('the index', () => {
  test('tells the CLI what was rendered, in a folder that it makes', () => {
    const folder = repository('output: .cdk8s', '.cdk8s');
    writeIndex({ dir: 'dist', scratch: '.cdk8s/deep' }, report);
    const files = tree(folder);
    expect(Object.keys(files)).toEqual(['.cdk8s/deep/index.yaml', 'cdk8s.yaml']);
    expect(parse(files['.cdk8s/deep/index.yaml'] ?? '')).toEqual({ output: 'dist', targets: 2, files: 7, written: 2, removed: 1, unchanged: 5 });
  });

  test('is written nowhere where the output is what the CLI asked for', () => {
    const folder = repository(undefined, undefined);
    writeIndex({ dir: 'dist' }, report);
    expect(tree(folder)).toEqual({});
  });
});
