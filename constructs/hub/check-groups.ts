import { suggestion } from '../../layers/nearest';
import type { Problems } from '../../layers/problem';
import { objectName } from '../names';
import { originOf, problemAt } from '../origin';
import { rootName, spokesName } from './application-set';
import type { Component } from './component';
import { type ComponentGroup, releasesName } from './component-group';
import { textRemark } from './fixed-fields';
import type { HubFleet } from './hub-fleet';

/** Names of ApplicationSets and Applications that are the fleet's own. */
const reservedNames: readonly string[] = [rootName, spokesName, releasesName];

/** Groups and components as they are declared: their names, and which of them bring Argo CD. */
export function checkGroups(fleet: HubFleet, problems: Problems): void {
  const { groups } = fleet;
  if (groups.length === 0) {
    problems.add(problemAt(fleet, 'empty-fleet', 'the fleet has no group of components', { expected: 'a folder beside fleet.ts, such as addons' }));
  }
  const known = new Map<string, Component>();
  for (const group of groups) {
    checkGroup(fleet, group, problems);
    for (const component of group.components) {
      checkNames(component, problems);
      const twin = known.get(component.name);
      if (twin) {
        problems.add(
          problemAt(component, 'duplicate-name', `two groups have a component called '${component.name}'`, {
            app: component.name,
            found: `another one in ${originOf(twin).file ?? twin.clusterType.name}`,
            hint: 'its label has no group in it: rename one of them',
          }),
        );
      }
      known.set(component.name, component);
    }
  }
  const [first, ...others] = groups.filter(({ bootstrap }) => bootstrap !== undefined);
  for (const second of others) {
    problems.add(
      problemAt(second, 'bootstrap-group', 'two groups are the bootstrap group', {
        at: ['bootstrap'],
        found: `${first?.name} and ${second.name}`,
        hint: 'bring all that an Argo CD needs in one of them',
      }),
    );
  }
}

function checkGroup(fleet: HubFleet, group: ComponentGroup, problems: Problems): void {
  if (!objectName.pattern.test(group.name)) {
    problems.add(problemAt(group, 'invalid-name', `'${group.name}' cannot name a group`, { expected: objectName.rule }));
  }
  const names = group.components.map(({ name }) => name);
  if (names.length === 0 && !fleet.isUnread(group.name)) {
    problems.add(problemAt(group, 'empty-fleet', `the group '${group.name}' has no component`, { expected: 'a file for each component in its folder' }));
  }
  for (const [key, name] of Object.entries(group.bootstrap ?? {})) {
    // What could not be read is empty, and reported.
    if (name === '' || names.includes(name) || fleet.isUnread(group.name, name)) continue;
    problems.add(
      problemAt(group, 'unknown-component', `'${name}' is no component of ${group.name}`, {
        at: ['bootstrap', key],
        hint: suggestion(name, names, 'components'),
      }),
    );
  }
}

function checkNames(component: Component, problems: Problems): void {
  const { name: app, applicationName } = component;
  const own = "are the fleet's own";
  if (!objectName.pattern.test(app) || reservedNames.includes(app)) {
    problems.add(
      problemAt(component, 'invalid-name', `'${app}' cannot name a component`, {
        app,
        expected: reservedNames.includes(app) ? `another name: ${reservedNames.join(', ')} ${own}` : objectName.rule,
      }),
    );
    return;
  }
  // What is empty or a template is reported with the other fields.
  if (applicationName === '' || textRemark(applicationName) || (objectName.pattern.test(applicationName) && applicationName !== rootName)) return;
  problems.add(
    problemAt(component, 'invalid-name', `'${applicationName}' cannot name Applications`, {
      app,
      at: ['applicationName'],
      expected: applicationName === rootName ? `another name: those called '${rootName}' ${own}` : objectName.rule,
    }),
  );
}
