import { fleetFile, hubProblemsOf, reportedOf, withFleet } from '../../builders/hub-builder';

const waves = [1, '10%', 'rest'];
const prod = (fields: object = { waves }) => ({ name: 'prod', promotion: 'manual', ...fields });

function tenants(hubs: unknown, fleet: object = { sequence: 'environments' }) {
  return withFleet({
    ...fleet,
    tenants: [
      { name: 'shop', environments: ['dev', prod()] },
      { name: 'more', environments: ['dev', prod()] },
      { name: 'platform', environments: [hubs] },
    ],
  });
}

test('environments that go together and have other waves are told, with the one that is left out', () => {
  expect(hubProblemsOf(tenants('prod'))).toEqual([
    {
      code: 'uneven-waves',
      severity: 'warning',
      message: '*/prod is entered node by node: not all in it has the same waves',
      file: 'config/fleet.ts',
      place: ['tenants', '2', 'environments', '0'],
      expected: "the same waves wherever 'prod' is written, so that a step is a wave of all of them",
      found: "none at platform/prod, [1, '10%', 'rest'] at shop/prod",
      hint: "say the same `waves` there, `['rest']` for all at once, or say them in fleet.ts for all",
    },
  ]);
});

test('other waves that somebody means are a notice', () => {
  expect(reportedOf(tenants(prod({ waves: ['rest'] }))).filter(({ code }) => code === 'uneven-waves')).toEqual([
    expect.objectContaining({ severity: 'notice', found: "['rest'] at platform/prod, [1, '10%', 'rest'] at shop/prod" }),
  ]);
});

test.each([
  ['all have the same', tenants(prod())],
  ['those of the fleet are the same', withFleet({ sequence: 'environments', waves, tenants: fleetFile.tenants })],
  ['tenant by tenant is entered', tenants('prod', {})],
  ['none has any', withFleet({ sequence: 'environments' })],
])('nothing is told where %s', (_, content) => {
  expect(reportedOf(content).filter(({ code }) => code === 'uneven-waves')).toEqual([]);
});
