import type { FieldChange } from '../../changes/change';
import { ownOfMerge } from '../../changes/own-of-merge';
import type { State } from '../../changes/state';

const targets = ['a/one', 'a/two'];

/** A fleet of hubs: whose Argo CD deploys an app is a part of what changed. */
const state: State = {
  ...{ name: 'x', files: [], records: [], read: () => [] },
  fleet: { topology: 'hub-and-spoke', dimensions: ['tenant', 'cluster'], sequence: targets },
  targets: new Map([['addons', targets]]),
};

function field(name: string, at: readonly string[], deployer = 'hub'): FieldChange {
  return {
    ...{ kind: 'field', clusterType: 'addons', app: 'web', deployer, field: name, cause: { now: [], before: [] } },
    targets: at,
    paths: at,
    before: 1,
    after: 2,
  };
}

const own = (...parents: readonly (readonly FieldChange[])[]) =>
  ownOfMerge(
    parents.map((changes) => ({ before: state, changes })),
    state,
  ).map(({ changes }) => changes.map((change) => `${(change as FieldChange).field} at ${change.paths.join(', ')}`));

test('what one branch has came with it, and what none has the merge changed itself', () => {
  expect(own([field('mine', targets), field('both', targets)], [field('theirs', targets), field('both', targets)])).toEqual([['both at a/one, a/two'], []]);
});

test('target by target, and by who deploys it', () => {
  expect(own([field('both', targets)], [field('both', ['a/two'])])).toEqual([['both at a/two'], []]);
  expect(own([field('both', targets)], [field('both', targets, 'spoke')])).toEqual([[], []]);
});

test('of a commit that is no merge everything is its own', () => {
  expect(own([field('mine', ['a/one'])])).toEqual([['mine at a/one']]);
});
