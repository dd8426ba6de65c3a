import { leftClosed } from '../../../../layers/charts/left-closed';
import { type Branch, plainOf, tryChild } from '../../../../layers/node';
import { describe, isMap } from '../../../../layers/plain-data';
import type { ManifestRule, Remark } from '../../manifest-rule';

const texts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');

/** What charts are told where they are opened: each field, what it may be, and how that is called. */
const fields: readonly (readonly [name: string, isRight: (value: unknown) => boolean, expected: string])[] = [
  ['hydrate', (value) => typeof value === 'boolean', 'true or false'],
  ['kubernetes', (value) => typeof value === 'string' && /^v?\d+\.\d+(\.\d+)?([-+].+)?$/.test(value), "a version: '1.33'"],
  ['apiVersions', texts, "a list of kinds: ['monitoring.coreos.com/v1/ServiceMonitor']"],
];

/** Only Applications have charts that can be opened, and what these are told is said by right values. */
export const hydrate: ManifestRule = ({ values, written: { kind }, hasWorkloads }) => {
  const found = fields.flatMap(([name, isRight, expected]): readonly Remark[] => {
    const said = values && tryChild(values, name);
    if (!said) return [];
    const path = [name];
    if (kind !== 'Application') return [{ code: 'unknown-field', path, message: `${kind} has no field '${name}'`, hint: hints[kind] }];
    const value = plainOf(said);
    return isRight(value)
      ? []
      : [{ code: 'wrong-type', path, message: `'${name}' has the wrong type`, expected, found: isMap(value) ? 'a map' : describe(value) }];
  });
  if (found.length > 0 || !hasWorkloads || !values || !isHydrated(values)) return found;
  return [
    {
      code: 'hydrate' as const,
      path: ['hydrate'],
      message: "the app's manifests are written by `workloads`: there is no chart to open",
      hint: leftClosed,
    },
  ];
};

const hints: Readonly<Record<string, string>> = {
  ApplicationSet: 'what it generates is known to Argo CD alone: write Applications, or leave it out',
  AppProject: 'a project deploys nothing: leave it out',
};

/** Whether the charts of an app are opened. */
export function isHydrated(values: Branch): boolean {
  const said = tryChild(values, 'hydrate');
  return said !== undefined && plainOf(said) === true;
}
