import { describe, isMap } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

/** Labels and annotations are maps of strings. */
export function* settingTypes({ values: { plain } }: SettingSubject): Generator<PartRemark> {
  for (const key of ['labels', 'annotations'] as const) {
    const map = plain[key];
    if (map === undefined) continue;
    if (!isMap(map)) {
      yield { path: [key], code: 'wrong-type', message: `'${key}' has the wrong type`, expected: 'a map of strings', found: describe(map) };
      continue;
    }
    for (const [name, value] of Object.entries(map)) {
      if (typeof value === 'string') continue;
      const isScalar = typeof value === 'number' || typeof value === 'boolean';
      const expected = isScalar ? `a string: '${value}'` : 'a string';
      yield { path: [key, name], code: 'wrong-type', message: `the value of '${name}' has the wrong type`, expected, found: describe(value) };
    }
  }
}
