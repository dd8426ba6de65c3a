import { toCentralized, toDistributed } from '../../rollout/move-member';
import type { MovingFleet, MovingMember } from '../../rollout/move-step';
import { retire } from '../../rollout/retire-member';

const fleet: MovingFleet = { labelPrefix: 'fleet', groups: ['addons', 'resources', 'monitoring'], bootstrap: 'bootstrap' };

function spoke(manages: readonly string[], model: MovingMember['model'] = 'distributed'): MovingMember {
  const component = (group: string) => ({ name: `${group}-a`, group, version: '1.0.0', deployedBy: manages.includes(group) ? 'spoke' : 'hub' });
  return {
    name: 'spoke',
    hub: 'hub',
    model,
    namespaces: { hub: 'argocd', own: 'argo' },
    manages,
    file: 'config/spokes/spoke.ts',
    credentials: ['externalsecrets', 'ecrauthorizationtokens', 'secretstores'],
    components: fleet.groups.map(component),
  };
}

const edits = (steps: ReturnType<typeof toCentralized>) => steps.flatMap((step) => step.edits.map((edit) => edit.replace('config/spokes/spoke.ts: ', '')));

test('a centralized spoke gets an Argo CD before the first group', () => {
  expect(edits(toDistributed(spoke([], 'centralized'), fleet, ['addons', 'monitoring']))).toEqual([
    "write `model: 'distributed'` and `manages: []`",
    "write `manages: ['addons']`",
    "write `manages: ['addons', 'monitoring']`",
  ]);
});

test('a distributed one gives back what it shall not manage any more, and gets what is new', () => {
  expect(edits(toDistributed(spoke(['addons', 'resources']), fleet, ['addons', 'monitoring']))).toEqual([
    "write `manages: ['addons']`",
    "write `manages: ['addons', 'monitoring']`",
  ]);
  expect(toDistributed(spoke(['addons']), fleet, ['addons'])).toEqual([]);
});

test('on the way back, no group is left behind with an Argo CD that is gone', () => {
  expect(edits(toCentralized(spoke(['addons', 'resources']), fleet))).toEqual([
    "write `manages: ['addons']`",
    'write `manages: []`',
    "write `model: 'centralized'` and `manages: []`",
  ]);
});

test('every commit has something live to wait for, on the cluster that gains first', () => {
  const plans = [
    toDistributed(spoke([], 'centralized'), fleet, fleet.groups),
    toCentralized(spoke(['addons']), fleet),
    retire(spoke(['addons']), fleet, ['config/addons/x.ts:3']),
  ];
  // Each command asks in the namespace of the Argo CD of its own cluster.
  for (const { cluster, command } of plans.flat().flatMap(({ waitFor }) => waitFor)) {
    if (command.includes(' -n ')) expect([cluster, command.split(' ')[2]]).toEqual([cluster, cluster === 'hub' ? 'argocd' : 'argo']);
  }
  for (const steps of plans) {
    for (const { waitFor } of steps)
      expect(waitFor.every(({ cluster, command, shows }) => cluster !== '' && command.startsWith('kubectl ') && shows !== '')).toBe(true);
    for (const { waitFor } of steps) expect(waitFor).not.toEqual([]);
  }
  const [, hand] = toDistributed(spoke([], 'centralized'), fleet, ['addons']);
  expect(hand?.waitFor.map(({ cluster }) => cluster)).toEqual(['spoke', 'hub']);
});

test('a spoke that deploys for itself gives that back before its file goes, and every place that names it is listed', () => {
  expect(edits(retire(spoke(['addons']), fleet, ['config/addons/x.ts:3']))).toEqual([
    'write `manages: []`',
    'remove it',
    'config/addons/x.ts:3: remove what names it',
  ]);
  expect(edits(retire(spoke([], 'centralized'), fleet, []))).toEqual(['remove it']);
});

test('where Applications change hands, the minutes in which both Argo CDs have them, or neither, are told of; elsewhere there are none', () => {
  const told = (steps: ReturnType<typeof toCentralized>) => steps.flatMap(({ title, meanwhile }) => (meanwhile === undefined ? [] : [title]));
  expect(told(toDistributed(spoke([], 'centralized'), fleet, ['addons']))).toEqual(['Hand addons over to spoke']);
  expect(told(toCentralized(spoke(['addons']), fleet))).toEqual(['Take addons back to hub']);
  expect(told(retire(spoke(['addons']), fleet, []))).toEqual(['Take what spoke deploys for itself back to hub']);
});

test('with the Argo CD of a spoke goes whatever of External Secrets its folder brought, what uses another one first', () => {
  const commands = retire(spoke([]), fleet, []).flatMap(({ waitFor }) => waitFor.map(({ command }) => command));
  expect(commands).toContain('kubectl -n argo delete externalsecrets,ecrauthorizationtokens,secretstores --all');
});
