import { leaves, plainOf } from '../../../../layers/node';
import { someString } from '../../../../layers/text/token';
import { textRemark } from '../fields/fixed-fields';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

const hint = 'nobody fills it in: write a function of the target, such as `(target) => target.cluster`';

/** Settings are said here and now: nobody fills in a template or a token later. */
export function* settingTemplates({ values }: SettingSubject): Generator<PartRemark> {
  if (!someString(values.plain, (text) => textRemark(text) !== undefined)) return;
  for (const { path, node } of leaves(values)) {
    const [remark] = [...path, JSON.stringify(plainOf(node))].flatMap((text) => textRemark(text) ?? []);
    if (remark?.code === 'token-in-manifest') yield { path, code: remark.code, message: 'a cluster token in the settings of a member', hint };
    else if (remark && !isEvaluated(path)) yield { path, code: remark.code, message: 'a template in the settings of a member', hint };
  }
}

/** Annotations are for others to evaluate, and some providers fill in what is asked for (external-secrets, provider/webhook). */
function isEvaluated([setting, part]: readonly string[]): boolean {
  return setting === 'annotations' || (setting === 'secretStore' && part === 'provider');
}
