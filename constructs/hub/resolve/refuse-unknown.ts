import { ValueError } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';
import type { StringMap } from './string-map';

/** Keys that are asked of any object: by JSON, by promises, and by whoever prints one. */
const asked: readonly string[] = ['toJSON', 'then'];

/**
 * What a target tells of its cluster, to functions of the target. One that asks for what the cluster does not say made a
 * mistake: without a word, a value would be missing where it is needed.
 *
 * @param noun what one of them is called: `annotation`
 */
export function refuseUnknown(noun: string, texts: StringMap): StringMap {
  return new Proxy(texts, {
    get: (known, key) => {
      if (typeof key === 'symbol' || Object.hasOwn(known, key) || key in Object.prototype || asked.includes(key)) return Reflect.get(known, key);
      throw new ValueError(`the cluster has no ${noun} '${key}'`, {
        code: 'layer-throws',
        expected: `one that every cluster has which gets the value, or \`'${key}' in target.${noun}s\` asked first`,
        hint: suggestion(key, Object.keys(known), `${noun}s`) ?? `it has no ${noun} at all`,
      });
    },
  });
}
