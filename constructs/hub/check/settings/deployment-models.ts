import { describe } from '../../../../layers/plain-data';
import { suggestion } from '../../../../layers/text/nearest';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

const models = ['centralized', 'distributed'];

/** A model is one that there is. */
export function* deploymentModels({ values }: SettingSubject): Generator<PartRemark> {
  const { model } = values.plain;
  if (model === undefined || model === 'centralized' || model === 'distributed') return;
  yield {
    path: ['model'],
    code: 'wrong-type',
    message: 'the model cannot be read',
    expected: "'centralized' or 'distributed'",
    found: describe(model),
    ...(typeof model === 'string' ? { hint: suggestion(model, models, 'models') } : {}),
  };
}
