import { silenceHint } from '../../../../layers/silenced';
import { isRange } from '../../../../layers/text/revision';
import { hasToken } from '../../../../layers/text/token';
import { specsOf } from '../../application-specs';
import type { ManifestRule, Remark } from '../../manifest-rule';
import { isHydrated } from '../own-fields/hydrate';

/** A range of versions moves everywhere at once when somebody publishes another one: no patch takes it through the fleet, and Git does not know. */
export const versionRanges: ManifestRule = ({ written, values }) => {
  // Of an app that is opened Git holds the objects of one version, which is in the lock.
  if (values && isHydrated(values)) return [];
  return specsOf(written).flatMap(({ path: above, sources }) =>
    sources.flatMap(({ source: { targetRevision, chart }, path }): readonly Remark[] => {
      if (typeof targetRevision !== 'string' || hasToken(targetRevision) || !isRange(targetRevision)) return [];
      const key = [...above.slice(1), ...path.slice(above.length), 'targetRevision'].join('.');
      return [
        {
          code: 'floating-version',
          severity: 'warning',
          path: [...path, 'targetRevision'],
          message: `every cluster moves at once when another ${chart === undefined ? 'tag' : 'version of the chart'} comes`,
          expected: 'one version, which a patch moves through the fleet',
          found: `'${targetRevision}'`,
          hint: silenceHint('floating-version', key),
          key,
        },
      ];
    }),
  );
};
