import { isPrerelease } from 'cdk8s-fleet/testing';

test.each(['v1.19.0-rc.1', '1.19.0-alpha', '1.2-beta2', 'v1.19.0-0.20260101', 'cert-manager-1.19.0-rc.1', 'charts/v2.0.0-rc1', '>=1.2.0-rc.1', '^1.0.0-0'])(
  '%s is a pre-release',
  (version) => {
    expect(isPrerelease(version)).toBe(true);
  },
);

test.each([
  'v1.19.0',
  '1.19',
  '77.5.0',
  'HEAD',
  'main',
  'release-1.19',
  'v1.19.0+build-7',
  '1.19.x',
  '*',
  '2026-01-05',
  '0a1b2c3d-1',
  '~1.2.3',
  '>=1.2.0 <2.0.0',
])('%s is none', (version) => {
  expect(isPrerelease(version)).toBe(false);
});
