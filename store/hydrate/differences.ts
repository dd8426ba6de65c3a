import type { ChartFinding, ChartObjects } from '../../layers/charts/chart-input';
import type { Plain } from '../../layers/layer';
import { isMap } from '../../layers/plain-data';
import { describeObject } from './chart-objects';

/** How many fields are named. */
const maxNamed = 5;

/**
 * What two renderings of one input show: passwords that are made up, certificates that are generated, the time of day. What they
 * are is not said, for it may be a secret.
 *
 * @param shown what the chart is called in messages
 */
export function findRandom(first: ChartObjects, second: ChartObjects, shown: string): ChartFinding | undefined {
  const hint = 'give it a value of your own, or name a Secret or a certificate that exists (`existingSecret` in many charts), so that every run gives the same';
  const code = 'chart-random';
  if ('problems' in first || 'problems' in second) {
    const isSame = JSON.stringify(first) === JSON.stringify(second);
    return isSame ? undefined : { code, message: `${shown} fails at one time and not at another`, hint };
  }
  const [one, other] = [first.objects, second.objects];
  const differing = one.flatMap((object, index) => {
    const others = other[index];
    const fields = others && differingPaths(object, others as Plain);
    return fields === undefined || fields.length > 0 ? [{ object, fields: fields ?? [] }] : [];
  });
  const [wrong] = differing;
  if (!wrong && one.length === other.length) return undefined;
  const what = wrong ? describeObject(wrong.object) : 'the number of objects';
  const fields = wrong?.fields ?? [];
  const more = [
    ...(fields.length > maxNamed ? [`${fields.length - maxNamed} more fields`] : []),
    ...(differing.length > 1 ? [`${differing.length - 1} more object${differing.length > 2 ? 's' : ''}: ${namesOf(differing.slice(1))}`] : []),
  ];
  const found = [...fields.slice(0, maxNamed), ...more].join(', ');
  return { code, message: `${what} of ${shown} is another one each time it is rendered`, ...(found === '' ? {} : { found }), hint };
}

function namesOf(differing: readonly { readonly object: Parameters<typeof describeObject>[0] }[]): string {
  const names = differing.slice(0, maxNamed).map(({ object }) => describeObject(object));
  return `${names.join(', ')}${differing.length > maxNamed ? ', …' : ''}`;
}

/** Where two values differ, as deep down as can be said: `data.password`, `spec.rules[0].host`. */
function differingPaths(one: Plain | undefined, other: Plain | undefined, path = ''): readonly string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((item: Plain, index) => differingPaths(item, other[index] as Plain, `${path}[${index}]`));
  if (isMap(one) && isMap(other)) {
    const [left, right] = [one, other] as Readonly<Record<string, Plain>>[] as [Record<string, Plain>, Record<string, Plain>];
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
      differingPaths(left[key], right[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(one, other) ? [] : [path];
}
