import type { ChartFinding, ChartObjects } from '../../layers/charts/chart-input';
import { describeObject, differingObjects, namesOfDiffering } from '../../layers/charts/differing-objects';

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
  const differing = differingObjects(first.objects, second.objects);
  const [wrong] = differing;
  if (!wrong && first.objects.length === second.objects.length) return undefined;
  const what = wrong ? describeObject(wrong.object) : 'the number of objects';
  const found = namesOfDiffering(differing);
  return { code, message: `${what} of ${shown} is another one each time it is rendered`, ...(found === '' ? {} : { found }), hint };
}
