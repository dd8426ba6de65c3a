import { isMap } from '../../../../layers/plain-data';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** What decides which Application it is, what it deploys and where: that is proved, and a patch would change it behind the proof. */
const proved: { readonly [part: string]: readonly string[] } = {
  metadata: ['name', 'namespace'],
  spec: ['destination', 'source', 'sources', 'project'],
};

/** A patch of Applications leaves alone what fields of the component say. */
export function* templatePatches({ templatePatch }: Fields): Generator<PartRemark> {
  if (!isMap(templatePatch)) return;
  for (const [part, content] of Object.entries(templatePatch)) {
    const refused = Object.hasOwn(proved, part) ? (proved[part] ?? []).filter((key) => isMap(content) && content[key] !== undefined) : [undefined];
    for (const key of refused) {
      yield {
        path: ['templatePatch', part, ...(key === undefined ? [] : [key])],
        code: 'component-field',
        message: `'${[part, key].filter((one) => one !== undefined).join('.')}' is nothing that a patch of Applications may say`,
        expected: '`metadata` and `spec` of an Application, without names, project, sources and destination',
        hint: 'fields of the component say those, in layers where members differ',
      };
    }
  }
}
