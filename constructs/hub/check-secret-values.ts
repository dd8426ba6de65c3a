import type { Plain } from '../../layers/layer';
import type { Problem, Problems } from '../../layers/problem';
import { secretLookalikes } from '../argocd/secrets/secret-lookalikes';
import { secretRemark } from '../argocd/secrets/secret-remark';
import type { FleetApp } from '../fleet-app';
import { originOf } from '../origin';
import { unusedSilences } from '../synthesis/check-secrets';
import { silenced } from '../synthesis/judged';
import { layersAnywhere } from '../synthesis/layers-anywhere';
import type { Model } from '../synthesis/model';
import { Component } from './component';
import type { HubFleet } from './hub-fleet';
import type { Statement } from './statements';

/**
 * Nothing secret may stand in Git: values that look like a secret are found in every layer, whether it applies anywhere or
 * not, and in whatever else is said.
 *
 * @param statements those that hold data
 */
export function checkSecretValues(fleet: HubFleet, model: Model, statements: readonly Statement[], problems: Problems): void {
  const components = new Map<string, FleetApp>(fleet.groups.flatMap((group) => group.components.map((component) => [component.name, component])));
  const report = (owner: string, app: FleetApp | undefined, value: Plain, at: PlaceOf, rest: Partial<Problem> = {}) => {
    for (const problem of secretsIn(fleet, owner, app, value, at)) problems.add({ ...problem, ...rest });
  };
  for (const { construct, at, app, isVersion, fields } of statements) {
    const place = (path: readonly string[]) => originOf(construct, isVersion ? at : [...at, ...path]);
    report(app ?? construct.node.id, components.get(app ?? ''), fields as unknown as Plain, place, app === undefined ? {} : { app });
  }
  for (const { apps, targets } of model.clusterTypes) {
    for (const app of apps) {
      for (const layer of layersAnywhere(app)) {
        const place = (path: readonly string[]) => ({ file: layer.source.file, place: [...layer.source.place, ...path] });
        const seen = new Set<object>();
        // A layer without functions says the same wherever it applies; what functions give components is looked at with their values.
        const isKnown = layer.isStatic || app.construct instanceof Component;
        for (const target of layer.isStatic ? [undefined] : isKnown ? targets.slice(0, 1) : targets) {
          const { values } = layer.at(target ?? { path: '' });
          if (seen.has(values)) continue;
          seen.add(values);
          report(app.construct.name, app.construct, values.plain, place, {
            app: app.construct.name,
            ...(target === undefined ? {} : { target: `${target.clusterType}/${target.path}` }),
          });
        }
      }
    }
  }
}

type PlaceOf = (path: readonly string[]) => Pick<Problem, 'file' | 'place'>;

/**
 * What looks like a secret in a value, placed by its keys.
 *
 * @param owner the component, or whatever else says it: what `notSecret` of the fleet calls it
 * @param app where it is a component's: what it says itself
 */
export function secretsIn(fleet: HubFleet, owner: string, app: FleetApp | undefined, value: Plain, at: PlaceOf): readonly Problem[] {
  return secretLookalikes(value).map((lookalike) => {
    const path = lookalike.path.join('.');
    const key = owner === '' ? path : `${owner}.${path}`;
    const { path: _, key: __, message, ...rest } = secretRemark(lookalike, key, 'fleet.ts');
    const remark = { ...rest, message: message.replace(key, path) };
    const reason = fleet.notSecret.reasonOf(key) ?? app?.notSecret.reasonOf(path);
    return { ...(reason === undefined ? remark : silenced(remark, reason)), ...at(lookalike.path) };
  });
}

/** What silences nothing: the value is gone, or the path is misspelt. */
export function checkHubSilences(fleet: HubFleet, problems: Problems): void {
  problems.addAll(unusedSilences(fleet, 'notSecret', fleet.notSecret));
  for (const component of fleet.groups.flatMap(({ components }) => components)) {
    problems.addAll(unusedSilences(component, 'notSecret', component.notSecret));
    problems.addAll(unusedSilences(component, 'notTemplate', component.notTemplate));
  }
}
