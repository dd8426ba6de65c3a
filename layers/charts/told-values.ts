import { getOr } from '../get-or';
import { type Branch, leaves, plainOf } from '../node';
import type { Collapse } from '../path-set';
import { compare } from '../problem';
import { fieldText, type RecordedValues } from '../record';
import { shortDigest } from '../text/short-digest';
import { showTokens } from '../text/token';

/** What a chart is told, where an app is opened: its Application says nothing of it. */
const told = /^(source|sources|hydrate|kubernetes|apiVersions)(\.|$)/;

/** Whether a field says what the objects of an opened chart are made of. */
export function isToldToCharts(field: string): boolean {
  return told.test(field);
}

/** Collects what the charts of an opened app are told, target after target. */
export class ToldRecorder {
  /** What layers say, merged, with the targets where they say it. */
  readonly #targets = new Map<Branch, string[]>();

  add(target: string, values: Branch): void {
    getOr(this.#targets, values, () => []).push(target);
  }

  /** @returns nothing where no chart was told anything */
  record(collapse: Collapse): { readonly told?: readonly RecordedValues[] } {
    const byValue = new Map<string, string[]>();
    for (const [values, targets] of this.#targets) for (const value of digestsOf(values)) getOr(byValue, value, () => []).push(...targets);
    const byPlace = new Map<string, { readonly at: readonly string[]; readonly values: string[] }>();
    for (const [value, targets] of byValue) {
      const at = collapse(targets);
      getOr(byPlace, at.join(), () => ({ at, values: [] })).values.push(value);
    }
    if (byPlace.size === 0) return {};
    return { told: [...byPlace].sort(([one], [other]) => compare(one, other)).map(([, { at, values }]) => ({ at, values: values.sort(compare) })) };
  }
}

/** Each value as records name it: its field, and a digest. */
function digestsOf(values: Branch): readonly string[] {
  return [...leaves(values)].flatMap(({ path, node }) => {
    const field = fieldText(path);
    // That it is opened says that it is recorded.
    return isToldToCharts(field) && field !== 'hydrate' ? [`${field} ${shortDigest(stable(plainOf(node)))}`] : [];
  });
}

/** JSON with sorted keys, for maps have no order, and with tokens as output holds them. */
function stable(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => compare(a, b))) : one,
  );
  return showTokens(text);
}
