import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetFromConfig } from '../../constructs';
import { layerLabel } from '../../layers/layer';
import { PathSet } from '../../layers/path-set';
import { fieldText, RecordReader, recordFolder } from '../../layers/record';
import { texts } from '../../store/output/output-folder';
import { writeOutput } from '../../store/output/write-output';
import { readConfig } from '../../store/read/read-config';
import { valuesAt } from '../builders/record-builder';
import { GitFolder } from '../workspaces/git-folder';
import { TemporaryFolders, tree } from '../workspaces/temporary-folder';
import { examples } from '../workspaces/workspace';

const folders = new TemporaryFolders();
const output = fleetFromConfig(readConfig(examples.hub)).synth();
const rendered = Object.fromEntries([...texts(output)].map(({ path, text }) => [path, text]));
const records = output.records().files.flatMap((file) => (file.kind === 'record' ? [file] : []));

test('there is one record of each component, of the releases of each group, and of what members are', () => {
  const apps = output.clusterTypes.flatMap((group) =>
    records.flatMap(({ path }) => (path.startsWith(`${group}/`) ? output.apps(group, path.slice(group.length + 1, -'.yaml'.length)) : [])),
  );
  expect(apps).toHaveLength(records.length);
  expect(records.map(({ path }) => path)).toContain('members/settings.yaml');
});

test('for every value that a member gets a record tells the layer', () => {
  let found = 0;
  for (const { path, record } of records) {
    const [group = '', file = ''] = path.split('/');
    const reader = new RecordReader(record);
    const [app] = output.apps(group, file.slice(0, -'.yaml'.length));
    for (const target of output.targetsOf(group)) {
      for (const { keys, source } of app ? valuesAt(app.valuesAt(target)) : []) {
        found += 1;
        expect([path, target.path, keys, reader.layerOf(fieldText(keys), target.path)]).toEqual([path, target.path, keys, layerLabel(source)]);
      }
    }
  }
  expect(found).toBeGreaterThan(300);
});

test('a component is rendered where its values are', () => {
  const targets = output.targetsOf('members');
  for (const { path, record } of records.filter((one) => !/^(members|.*\/releases\.yaml)/.test(one.path))) {
    const [group, file] = path.split('/');
    const paths = new PathSet(record.rendered);
    const at = targets.filter(({ path: one }) => paths.covers(one)).map(({ path: one }) => one.split('/').pop());
    const found = Object.keys(rendered).flatMap((one) => new RegExp(`^(?:hubs|spokes)/([^/]+)/values/${group}/${file}$`).exec(one)?.[1] ?? []);
    expect([path, [...at].sort()]).toEqual([path, [...found].sort()]);
  }
});

test.each(['as it was', 'in a clone'])('output of the former form, %s, is moved over in one step, and what is rendered no more goes with it', (where) => {
  const git = new GitFolder(folders.make());
  const dist = join(git.path, 'dist');
  writeOutput(dist, output);
  rmSync(join(dist, recordFolder), { recursive: true });
  const values = Object.keys(rendered).filter((path) => path.includes('/values/'));
  for (const path of values) {
    const [, ...lines] = readFileSync(join(dist, path), 'utf8').split('\n');
    const labelled = lines.map((line) => (/^\s*\S+: \S/.test(line) ? `${line} # override tenant1` : line));
    writeFileSync(join(dist, path), ['# Rendered by cdk8s-fleet: the values of a chart, and the layer that set each.', ...labelled].join('\n'));
  }
  git.commit(1);
  const place = where === 'as it was' ? dist : join(folders.make(), 'clone', 'dist');
  if (place !== dist) git.git('clone', '-q', git.path, join(place, '..'));
  const fewer = Object.assign(
    [...output].filter(({ path }) => path !== 'spokes/tenant1-dev-workload1'),
    { targets: 6 },
  );
  expect(writeOutput(place, fewer).left).toEqual([]);
  expect(tree(place)).toEqual(Object.fromEntries(Object.entries(rendered).filter(([path]) => !path.startsWith('spokes/tenant1-dev-workload1/'))));
});
