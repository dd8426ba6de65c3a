import { unset } from '../../../../layers/layer';
import { type Fault, isMap, keyFault, scalarFault } from '../../../../layers/plain-data';
import type { Problem } from '../../../../layers/problem';
import { fillTokens, hasBrokenToken, hasToken, tokenName, tokensOf } from '../../../../layers/text/token';
import { liveFields } from '../../resolve/released-component';

type TextRemark = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint'>;

/** What is wrong with a part of a field, at a path of keys below it. */
export type FieldRemark = TextRemark & { readonly path: readonly string[] };

const perMember = 'what differs per member is a layer, or a function of the target in one';

/** Whether a text of a component may hold tokens: Argo CD fills them in there. */
function isLivePlace([field = '', below, , key]: readonly string[]): boolean {
  if (field === 'helm') return below === 'valuesObject' || (below === 'parameters' && key === 'value');
  return field === 'templatePatch' || (liveFields as readonly string[]).includes(field);
}

/** A token that no cluster secret has the value of. */
export function strayToken(text: string): TextRemark | undefined {
  const stray = tokensOf(text).find(({ origin, isTopLevel }) => origin === undefined || isTopLevel);
  if (!stray) return undefined;
  return {
    code: 'token-not-injected',
    message: `nobody injects the token '${tokenName(stray)}' here`,
    expected: '`cluster.annotation(…)`, `cluster.label(…)`, `cluster.name`, `cluster.nameNormalized` or `cluster.server`',
    found: 'a token without an origin: roots of regions inject such, and hubs have none',
  };
}

/** Text that would be another one in each cluster, where it has to be the same for all. */
export function textRemark(text: string): TextRemark | undefined {
  if (hasBrokenToken(text)) {
    return { code: 'token-broken', message: 'a cluster token was cut or changed by a string function, or a text only looks like one', hint: perMember };
  }
  if (hasToken(text)) return { code: 'token-in-manifest', message: 'a cluster token that nobody fills in', hint: perMember };
  if (!text.includes('{{')) return undefined;
  return {
    code: 'handwritten-expression',
    message: `'${text.length > 60 ? `${text.slice(0, 57)}…` : text}' holds a template, which Argo CD would evaluate`,
    hint: perMember,
  };
}

/** What cannot stand in a field that is the same for every member, at paths of keys below it. */
export function* fixedFieldRemarks(value: unknown, path: readonly string[], above: readonly unknown[] = []): Generator<FieldRemark> {
  if (typeof value === 'string') {
    const remark = isLivePlace(path) && !hasBrokenToken(value) ? (strayToken(value) ?? textRemark(fillTokens(value, () => ''))) : textRemark(value);
    if (remark) yield { path, ...remark };
    yield* refused(scalarFault(value), path);
  } else if (above.includes(value)) {
    yield { path, code: 'not-plain-data', message: 'a value that contains itself', hint: 'remove the circular reference' };
  } else if (Array.isArray(value) || isMap(value)) {
    for (const [key, item] of Object.entries(value)) {
      // What is undefined in a map is not there; in a list it leaves a hole.
      if (item === undefined && !Array.isArray(value)) continue;
      const remark = textRemark(key);
      if (remark) yield { path: [...path, key], ...remark };
      yield* refused(keyFault(key), [...path, key]);
      yield* fixedFieldRemarks(item, [...path, key], [...above, value]);
    }
  } else if (typeof value === 'function') {
    yield { path, code: 'component-field', message: 'a function of the target in a field that is the same for all members', hint: perMember };
  } else if (value === unset) {
    yield { path, code: 'not-plain-data', message: '`unset` in a field that has no layers', hint: 'leave the key out' };
  } else {
    yield* refused(scalarFault(value), path);
  }
}

function* refused(fault: Fault | undefined, path: readonly string[]): Generator<FieldRemark> {
  if (fault) yield { path, code: 'not-plain-data', ...fault };
}
