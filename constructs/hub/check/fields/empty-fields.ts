import type { SettingRemark } from '../../../check/setting-remark';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** Fields of text that mean something: an empty one was meant to. */
const texts = ['revision', 'repoURL', 'chart', 'path', 'version', 'namespace', 'project', 'applicationName'];

/** What is written says something. */
export function* emptyFields(fields: Fields): Generator<PartRemark> {
  for (const key of texts) {
    if (fields[key] === '') yield { path: [key], ...emptyText(key) };
  }
}

/** What is said of an empty text. */
export function emptyText(key: string): SettingRemark {
  return { code: 'invalid-field', message: `'${key}' is empty`, hint: 'write it, or leave the key out' };
}
