import { suggestion } from '../../layers/nearest';
import { secretTypeLabel } from './check-label-names';
import type { Report } from './check-settings';
import type { HubFleet } from './hub-fleet';
import { word } from './labels';

/** A label that is computed says what is deployed; written by hand it could say otherwise. */
export function checkComputedLabels(fleet: HubFleet, own: { readonly [label: string]: string }, report: Report): void {
  const labels = Object.keys(own);
  if (labels.length === 0) return;
  const computed = computedLabels(fleet);
  const components = fleet.groups.flatMap((group) => group.components.map(({ name }) => name));
  for (const label of labels) {
    const hint = computed.get(label);
    if (hint !== undefined) {
      report(['labels', label], 'computed-label', `the label '${label}' is computed`, { hint });
      continue;
    }
    const component = fleet.labels.tryComponentOf(label);
    if (component === undefined || fleet.groups.some(({ name }) => fleet.isUnread(name, component.replaceAll('_', '-')))) continue;
    report(['labels', label], 'unknown-component', `the label '${label}' enables a component that no group defines`, {
      hint: suggestion(component, components.map(word), 'components'),
    });
  }
}

/** What to write instead. */
function computedLabels({ labels, groups }: HubFleet): ReadonlyMap<string, string> {
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
          [
            labels.enable(component.name),
            `write \`components: { ${quotedKey(component.name)}: { enabled: true } }\`, or a layer in the component's file`,
          ] as const,
      ),
    ]),
  ]);
}

function quotedKey(name: string): string {
  return /^[a-z]\w*$/.test(name) ? name : `'${name}'`;
}
