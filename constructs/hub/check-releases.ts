import { suggestion } from '../../layers/nearest';
import type { Branch } from '../../layers/node';
import { plainOf, tryChild } from '../../layers/node';
import { describe } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import { layersAnywhere } from '../synthesis/layers-anywhere';
import type { ComponentGroup } from './component-group';
import type { GroupModel } from './components';
import type { HubFleet } from './hub-fleet';
import { fieldsOf } from './released-component';
import { valueProblem } from './value-problem';

/** Releases name components of their group. */
export function checkPins(fleet: HubFleet, group: ComponentGroup, problems: Problems): void {
  const { name, releases, components } = group;
  const known = components.map((component) => component.name);
  for (const [release, { components: pins = {}, version }] of Object.entries(releases.releases)) {
    for (const component of Object.keys(pins)) {
      if (known.includes(component) || fleet.isUnread(name, component)) continue;
      problems.add(
        problemAt(releases, 'unknown-component', `the release '${release}' pins '${component}', which is no component of ${name}`, {
          at: ['releases', release, 'components', component],
          hint: suggestion(component, known, 'components'),
        }),
      );
    }
    const isUsed = components.some((component) => component.fields.version === undefined && fieldsOf(pins[component.name]).version === undefined);
    if (version !== undefined && !isUsed) {
      problems.add(
        problemAt(releases, 'component-field', `the version of the release '${release}' is that of no component`, {
          severity: 'warning',
          at: ['releases', release, 'version'],
          hint: 'it is for components that neither have a version of their own nor one in the release',
        }),
      );
    }
  }
}

/** What is wrong with layers of a group wherever they may apply one day: a patch that sits nowhere is one of them. */
export function checkReleaseLayers(fleet: HubFleet, group: GroupModel, problems: Problems): void {
  for (const layer of layersAnywhere(group.releasesApp)) {
    if (layer.isStatic) problems.addAll(releaseRemarks(fleet, group, layer.at({ path: '' }).values));
  }
}

/** What is wrong with what layers say of a group, whether one of them or all. */
export function releaseRemarks(fleet: HubFleet, { construct, releasesApp, name }: GroupModel, values: Branch): readonly Problem[] {
  const report = (key: string, code: Problem['code'], message: string, rest: Partial<Problem>) =>
    valueProblem(releasesApp.construct, values, [key], code, message, rest);
  const problems = values.keys.flatMap((key) =>
    key === 'release'
      ? []
      : [report(key, 'unknown-key', `'${key}' is no setting of a group`, { expected: "'release'", hint: suggestion(key, ['release'], 'keys') })],
  );
  const node = tryChild(values, 'release');
  const release = node && plainOf(node);
  const known = Object.keys(construct.releases.releases);
  if (release === undefined || fleet.isUnread(name, 'releases')) return problems;
  if (typeof release !== 'string') {
    return [...problems, report('release', 'wrong-type', "'release' has the wrong type", { expected: `one of ${known.join(', ')}`, found: describe(release) })];
  }
  if (known.includes(release)) return problems;
  return [
    ...problems,
    report('release', 'unknown-release', `${name} has no release '${release}'`, {
      expected: `one of ${known.join(', ')}`,
      hint: suggestion(release, known, 'releases'),
    }),
  ];
}

/**
 * A release that nobody has and no layer names. Its generators select nothing, and keep a member that left it last from being
 * without one while its label is on its way: so it is taken away in a later commit, and somebody has to be told.
 */
export function checkUnused({ construct, name, releasesApp }: GroupModel, used: ReadonlySet<string>, problems: Problems): void {
  const named = new Set(used);
  for (const layer of layersAnywhere(releasesApp)) {
    const release = layer.isStatic ? layer.at({ path: '' }).values.plain.release : undefined;
    if (typeof release === 'string') named.add(release);
    // Which one a function gives where no member is yet, nobody knows.
    if (!layer.isStatic) return;
  }
  for (const release of Object.keys(construct.releases.releases)) {
    if (named.has(release)) continue;
    problems.add(
      problemAt(construct.releases, 'release-unused', `nobody has the release '${release}' of ${name}`, {
        severity: 'notice',
        at: ['releases', release],
        hint: 'remove it, once the clusters that had it have another one',
      }),
    );
  }
}
