import { differences, firstDifference, fits } from '../../../rollout/evidence/same-spec';

test.each([
  [{ a: 1, project: 'default' }, { a: 1 }],
  [{ source: { path: 'x' } }, { project: 'default', source: { path: 'x', directory: {} } }],
  [{ syncPolicy: { automated: { selfHeal: true } } }, { syncPolicy: { automated: { selfHeal: true, prune: false } } }],
  [{ syncPolicy: { automated: { enabled: false } } }, { syncPolicy: { automated: { enabled: false, selfHeal: false } } }],
  [
    { revisionHistoryLimit: 0, syncPolicy: { retry: {} } },
    { revisionHistoryLimit: 0, syncPolicy: { retry: { limit: 0 } } },
  ],
  [{ source: { directory: {} } }, { source: { directory: { recurse: false } } }],
  [{ destination: { name: 'eu-1' } }, { destination: { name: '{{ .Values.cluster.name }}' } }],
  [{ source: { helm: { valuesObject: { replicas: 3 } } } }, { source: { helm: { valuesObject: { replicas: '{{ .Values.cluster.replicas }}' } } } }],
])('%j is %j', (live, rendered) => {
  expect(firstDifference(live, rendered)).toBeUndefined();
});

test.each([
  [{ project: 'other' }, {}, 'project'],
  [{ source: { targetRevision: 'v1' } }, { source: { targetRevision: 'v2' } }, 'source.targetRevision'],
  [{ syncPolicy: {} }, { syncPolicy: { automated: {} } }, 'syncPolicy.automated'],
  [{ syncPolicy: { automated: { prune: true, enabled: false } } }, { syncPolicy: { automated: { prune: true } } }, 'syncPolicy.automated.enabled'],
  [{ syncPolicy: { automated: { prune: true } } }, { syncPolicy: { automated: { prune: true, enabled: false } } }, 'syncPolicy.automated.enabled'],
  [{ revisionHistoryLimit: 0 }, {}, 'revisionHistoryLimit'],
  [{}, { revisionHistoryLimit: 0 }, 'revisionHistoryLimit'],
  [{ source: { helm: { valuesObject: {} } } }, { source: { helm: { valuesObject: { debug: false } } } }, 'source.helm.valuesObject.debug'],
  [{ source: { helm: { valuesObject: { debug: true } } } }, { source: { helm: { valuesObject: {} } } }, 'source.helm.valuesObject.debug'],
  [{ destination: {} }, { destination: { name: 'eu-{{ .Values.cluster.name }}' } }, 'destination.name'],
  [{ sources: [{ path: 'a' }] }, { sources: [{ path: 'a' }, { path: 'b' }] }, 'sources'],
  ['text', { source: { path: 'a' } }, 'spec'],
])('%j is not %j', (live, rendered, field) => {
  expect(firstDifference(live, rendered)).toBe(field);
});

test('a text fits whatever its templates are filled in with, and nothing around them', () => {
  expect(fits('web-eu-1', 'web-{{ .name }}')).toBe(true);
  expect(fits('web-eu-1', 'web-{{ .name }}-x')).toBe(false);
  expect(fits('aweb', 'web')).toBe(false);
  expect(fits('a(b)c', 'a(b){{ .c }}')).toBe(true);
});

test('every field that differs is told, with what runs and what is rendered', () => {
  const live = { project: 'a', source: { targetRevision: 'v1' }, destination: { name: 'eu' }, info: [{ name: 'x', value: 'y' }] };
  const rendered = { source: { targetRevision: 'v2', chart: 'web' }, destination: { name: '{{ .Values.cluster.name }}' } };
  expect([...differences(live, rendered)]).toEqual([
    { field: 'info', runs: [{ name: 'x', value: 'y' }] },
    { field: 'project', runs: 'a', rendered: 'default' },
    { field: 'source.chart', rendered: 'web' },
    { field: 'source.targetRevision', runs: 'v1', rendered: 'v2' },
  ]);
});
