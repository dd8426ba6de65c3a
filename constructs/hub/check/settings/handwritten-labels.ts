import { unread } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { stringsIn } from '../../resolve/string-map';
import type { HubTree } from '../../tree/hub-tree';
import { word } from '../../tree/labels';
import { secretTypeLabel } from '../fleet/computed-label';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

/** A label that is computed says what is deployed; written by hand it could say otherwise. */
export function* handwrittenLabels({ fleet, values }: SettingSubject): Generator<PartRemark> {
  for (const label of Object.keys(stringsIn(values.plain.labels))) yield* handwrittenLabel(fleet, label, ['labels', label]);
}

/** What is wrong with a label that configuration says. @param path where it stands */
export function* handwrittenLabel(fleet: HubTree, label: string, path: readonly string[]): Generator<PartRemark> {
  const hint = hintsOf(fleet).get(label);
  if (hint !== undefined) {
    yield { path, code: 'computed-label', message: `the label '${label}' is computed`, hint };
    return;
  }
  const component = fleet.labels.tryComponentOf(label);
  if (component === undefined) return;
  const components = fleet.groups.flatMap((group) => group.components.map(({ name }) => name));
  yield {
    path,
    code: 'unknown-component',
    message: `the label '${label}' enables a component that no group defines`,
    hint: suggestion(component, components.map(word), 'components'),
    follows: fleet.groups.map(({ name }) => unread(name, component.replaceAll('_', '-'))),
  };
}

const hintsByFleet = new WeakMap<HubTree, ReadonlyMap<string, string>>();

function hintsOf(fleet: HubTree): ReadonlyMap<string, string> {
  const known = hintsByFleet.get(fleet) ?? hintsByLabel(fleet);
  hintsByFleet.set(fleet, known);
  return known;
}

/** What to write instead. */
function hintsByLabel({ labels, groups }: HubTree): ReadonlyMap<string, string> {
  return new Map<string, string>([
    [secretTypeLabel, 'it is what makes the secret a cluster'],
    [labels.member, 'it follows from the folder of the file: hubs or spokes'],
    [labels.tenant, 'write `tenant`'],
    [labels.environment, 'write `environment`'],
    [labels.remoteArgo, "write `model: 'distributed'` or `model: 'centralized'`"],
    ...groups.flatMap(({ name, bootstrap, components }): readonly (readonly [string, string])[] => [
      [labels.remoteGroup(name), bootstrap ? 'the hub deploys the bootstrap group, always' : `write \`manages: ['${name}']\``],
      [labels.release(name), `write \`groups: { ${quotedKey(name)}: { release: '…' } }\`, or a layer in the group's releases.ts`],
      ...components.map(
        (component) =>
          [component.label, `write \`components: { ${quotedKey(component.name)}: { enabled: true } }\`, or a layer in the component's file`] as const,
      ),
    ]),
  ]);
}

function quotedKey(name: string): string {
  return /^[a-z]\w*$/.test(name) ? name : `'${name}'`;
}
