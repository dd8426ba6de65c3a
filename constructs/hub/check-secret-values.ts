import type { Plain } from '../../layers/layer';
import type { Problem, Problems } from '../../layers/problem';
import { type SecretLookalike, secretLookalikes } from '../argocd/secrets/secret-lookalikes';
import { originOf } from '../origin';
import type { Model } from '../synthesis/model';
import { Component } from './component';
import type { HubFleet } from './hub-fleet';
import { layersAnywhere } from './layers-anywhere';
import type { Statement } from './statements';

/**
 * Nothing secret may stand in Git: values that look like a secret are found in every layer, whether it applies anywhere or
 * not, and in whatever else is said.
 *
 * @param statements those that hold data
 */
export function checkSecretValues(fleet: HubFleet, model: Model, statements: readonly Statement[], problems: Problems): void {
  const report = (owner: string, value: Plain, at: PlaceOf, rest: Partial<Problem> = {}) => {
    for (const problem of secretsIn(fleet, owner, value, at)) problems.add({ ...problem, ...rest });
  };
  for (const { construct, at, app, isVersion, fields } of statements) {
    const place = (path: readonly string[]) => originOf(construct, isVersion ? at : [...at, ...path]);
    report(app ?? construct.node.id, fields as unknown as Plain, place, app === undefined ? {} : { app });
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
          report(app.construct.name, values.plain, place, {
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
 * @param owner the component, or whatever else says it: what `notSecret` calls it
 */
export function secretsIn(fleet: HubFleet, owner: string, value: Plain, at: PlaceOf): readonly Problem[] {
  const found = secretLookalikes(value);
  if (found.length === 0) return [];
  return found.flatMap((lookalike) => {
    const key = [owner, ...lookalike.path].join('.');
    return Object.hasOwn(fleet.notSecret, key) ? [] : [{ ...secretValue(lookalike, key), ...at(lookalike.path) }];
  });
}

function secretValue({ path, why }: SecretLookalike, key: string): Pick<Problem, 'code' | 'message' | 'expected' | 'hint'> {
  return {
    code: 'secret-value',
    message: `'${path.join('.')}' looks like a secret: ${why}`,
    expected: 'the name of a secret in the secret manager, or of a Secret in the cluster',
    hint: `change it there if it is one: Git has it now. If it is none, say so in fleet.ts: \`notSecret: { '${key}': 'why' }\``,
  };
}
