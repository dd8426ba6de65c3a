import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { writeOutput } from '../../../store/output/write-output';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';
import { output } from '../output-builder';

const folders = new TemporaryFolders();
const workload = 'm/a/manifests/app/configmap-x.yaml';
const files = (version: string) => ({ 'm/a/templates/app.yaml': '1', [workload]: version });

/** Two branches changed a workload, which no record names, and a merge stopped at it. */
function stopped(): string {
  const repository = new GitFolder(folders.make());
  const dist = join(repository.path, 'dist');
  const render = (version: string, hour: number) => {
    writeOutput(dist, output(files(version)));
    repository.commit(hour);
  };
  render('1', 1);
  repository.git('switch', '-q', '-c', 'topic');
  render('2', 2);
  repository.git('switch', '-q', 'main');
  render('3', 3);
  expect(() => repository.merge('topic', 4)).toThrow();
  return dist;
}

test('a file that both sides changed and that is rendered no more goes with the marks of its conflict', () => {
  const dist = stopped();
  expect(writeOutput(dist, output({ 'm/a/templates/app.yaml': '1' }))).toMatchObject({ removed: [workload], settled: [workload] });
  expect(existsSync(join(dist, workload))).toBe(false);
});

test('what somebody wrote into it by hand stays, and is told of', () => {
  const dist = stopped();
  write(dist, { [workload]: 'by: hand\n' });
  expect(() => writeOutput(dist, output({ 'm/a/templates/app.yaml': '1' }))).toThrow(FleetError);
});

test('where it is rendered still, it is rendered anew; without a conflict nothing is settled', () => {
  const dist = stopped();
  expect(writeOutput(dist, output(files('4')))).toMatchObject({ written: [workload], settled: [workload] });
  new GitFolder(join(dist, '..')).commit(5);
  expect(writeOutput(dist, output(files('5')))).toMatchObject({ written: [workload], settled: [] });
});
