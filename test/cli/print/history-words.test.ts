import type { FieldChange } from '../../../changes/change';
import type { Reason } from '../../../changes/reasons';
import { wordsOf } from '../../../cli/print/changes/change-words';
import { whereAndWhy } from '../../../cli/print/history/history-words';

const change = { kind: 'field', clusterType: 'm', app: 'a', field: 'f', paths: ['x'], targets: ['x/1', 'x/2'], cause: { before: [], now: [] } };

const why = (...reasons: readonly Reason[]) =>
  whereAndWhy({ change: change as unknown as FieldChange, reasons }, wordsOf({ topology: 'dimensions' })).replace('at x (2 targets)', '');

test('what one layer did at many paths is said once, with the first of them', () => {
  expect(why()).toBe('');
  expect(why({ kind: 'entered', layer: 'patch-001', path: 'x' }, { kind: 'layer', layer: 'override y' })).toBe(': patch-001 entered x, override y');
  const entered = Array.from({ length: 9 }, (_, index): Reason => ({ kind: 'entered', layer: 'patch-001', path: `x/${index}` }));
  expect(why(...entered.slice(0, 2), { kind: 'left', layer: 'patch-001', path: 'y' }, { kind: 'layer', layer: 'override z' })).toBe(
    ': patch-001 entered x/0, x/1; patch-001 left y; override z',
  );
  expect(why(...entered)).toBe(': patch-001 entered x/0, x/1, x/2, x/3, x/4, and 4 more');
  expect(why({ kind: 'withdrawn', layer: 'override a' }, { kind: 'withdrawn', layer: 'override b' })).toBe(
    ': no more set by override a, no more set by override b',
  );
});
