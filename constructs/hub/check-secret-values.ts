import type { CompiledLayer } from '../../layers/compile';
import type { Plain } from '../../layers/layer';
import type { Problem, Problems } from '../../layers/problem';
import { originOf } from '../origin';
import { type AppModel, layerConstructs, type Model, patchLayers } from '../synthesis/model';
import { Component } from './component';
import type { HubFleet } from './hub-fleet';
import type { MemberModel } from './members';
import { secretLookalikes } from './secret-lookalikes';

/** Nothing secret may stand in Git: values that look like a secret are found in every layer, whether it applies anywhere or not. */
export function checkSecretValues(fleet: HubFleet, model: Model, members: readonly MemberModel[], problems: Problems): void {
  const report = (
    found: ReturnType<typeof secretLookalikes>,
    at: (path: readonly string[]) => Pick<Problem, 'file' | 'place'>,
    rest: Partial<Problem> = {},
  ) => {
    for (const { path, why } of found) {
      if (isDeclaredHarmless(fleet, path)) continue;
      problems.add({
        code: 'secret-value',
        message: `'${path.join('.')}' looks like a secret: ${why}`,
        ...at(path),
        ...rest,
        expected: 'the name of a secret in the secret manager, or of a Secret in the cluster',
        hint: `change it there if it is one: Git has it now. If it is none, say so in fleet.ts: \`notSecret: { '${path.slice(-2).join('.')}': 'why' }\``,
      });
    }
  };
  for (const { apps, targets } of model.clusterTypes) {
    for (const app of apps) {
      for (const layer of layersOf(app)) {
        const seen = new Set<object>();
        for (const target of targets) {
          const { values } = layer.at(target);
          if (seen.has(values)) continue;
          seen.add(values);
          report(secretLookalikes(values.plain), (path) => ({ file: layer.source.file, place: [...layer.source.place, ...path] }), {
            app: app.construct.name,
            target: `${target.clusterType}/${target.path}`,
          });
          if (layer.isStatic) break;
        }
      }
      const { construct } = app;
      if (construct instanceof Component) report(secretLookalikes(construct.fields as unknown as Plain), (path) => originOf(construct, path));
    }
  }
  for (const { construct } of members) {
    // A secret's name is no secret, whatever it is called.
    report(
      secretLookalikes({ secret: construct.secret ?? '' }).filter(({ why }) => !/key|name/i.test(why)),
      (path) => originOf(construct, path),
    );
  }
}

/** The layers of an app, those of patches that sit nowhere included. */
function layersOf({ construct, layers }: AppModel): readonly CompiledLayer[] {
  const patches = layerConstructs(construct).patches.flatMap((patch) => [...patchLayers(construct, patch, ['anywhere']).values()]);
  return [...layers.everywhere, ...layers.overrides.values(), ...patches];
}

function isDeclaredHarmless({ notSecret }: HubFleet, path: readonly string[]): boolean {
  const keys = path.join('.');
  return Object.keys(notSecret).some((known) => keys === known || keys.endsWith(`.${known}`));
}
