import { suggestion } from '../../../../layers/text/nearest';
import { memberLayerKeys } from '../../tree/member';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

/** Settings are those that there are. */
export function* settingNames({ values }: SettingSubject): Generator<PartRemark> {
  for (const key of values.keys) {
    if ((memberLayerKeys as readonly string[]).includes(key)) continue;
    yield { path: [key], code: 'unknown-key', message: `'${key}' is no setting of members`, hint: suggestion(key, memberLayerKeys, 'settings') };
  }
}
