import type { AppChange, Cause, FieldChange } from '../../changes/change';
import { reasonsOf } from '../../changes/reasons';
import { reasonText } from '../../cli/print/history/history-words';

const place = { clusterType: 'mgmt', app: 'web', targets: ['stage/one/eu'], paths: ['stage/one/eu'] };
const field = (cause: Cause): FieldChange => ({ kind: 'field', ...place, field: 'project', before: 'a', cause });
const added = (cause: Cause): AppChange => ({ kind: 'app-added', ...place, isEverywhere: true, cause });

/** In words, where what is not listed as left is still there. */
function words(change: FieldChange | AppChange, left: readonly string[] = []): readonly string[] {
  const { now, before } = change.cause;
  const kept = before.filter((layer) => !left.includes(layer));
  return reasonsOf(change, new Set(before), new Set([...now, ...kept])).map((reason) => reasonText(reason, change.kind));
}

test.each<readonly [before: readonly string[], now: readonly string[], words: readonly string[]]>([
  [['override stage'], [], ['no more set by override stage']],
  [['override stage'], ['base'], ['base', 'no more set by override stage']],
  [['override stage/one'], ['override stage'], ['override stage', 'no more set by override stage/one']],
  [['override stage'], ['override *'], ['override *', 'no more set by override stage']],
  [['patch-001 stage'], ['override stage'], ['override stage', 'no more set by patch-001 stage']],
  [['generated'], [], ['no more set by generated']],
  [['base'], ['defaults'], ['defaults', 'no more set by base']],
  // A stronger layer hides the other one, which says what it said.
  [['override stage'], ['override stage/one'], ['override stage/one']],
  [['base'], ['override stage'], ['override stage']],
  [['override stage'], ['patch-001 stage'], ['patch-001 entered stage']],
  [['override stage'], ['override stage'], ['override stage']],
  [['override stage'], ['override stages'], ['override stages']],
])('a value that %j set, and %j sets now', (before, now, expected) => {
  expect(words(field({ before, now }))).toEqual(expected);
});

test('a patch that left is told of once, and an app is told of the layer that disabled it', () => {
  expect(words(field({ before: ['patch-001 stage'], now: ['base'] }), ['patch-001 stage'])).toEqual(['patch-001 left stage']);
  expect(words(added({ before: ['override stage'], now: ['base'] }))).toEqual(['no more disabled by override stage']);
  expect(words(added({ before: ['base'], now: [] }))).toEqual([]);
});
