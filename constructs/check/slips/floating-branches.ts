import { layerLabel } from '../../../layers/layer';
import { Branch, Leaf, tryFindNode } from '../../../layers/node';
import type { Problem } from '../../../layers/problem';
import { isBranch, isVersion } from '../../../layers/text/revision';
import type { FleetSubject } from '../fleet-rule';
import { type ComparedLayer, comparedLayers } from './compared-layers';
import { slipProblem } from './slip-problem';

/** A branch where patches of the same app move versions: what follows it gets every commit at once. */
export function* floatingBranches({ model }: FleetSubject): Generator<Problem> {
  for (const { apps, targets } of model.clusterTypes) {
    for (const app of apps) {
      const layers = comparedLayers(app, targets);
      for (const path of revisionPaths(layers)) {
        const said = layers.flatMap((compared) => {
          const revision = revisionAt(compared, path);
          return revision === undefined ? [] : [{ layer: compared.layer, revision }];
        });
        const version = said.find(({ layer, revision }) => layer.source.kind === 'patch' && isVersion(revision));
        if (!version) continue;
        for (const { layer, revision } of said) {
          if (!isBranch(revision)) continue;
          yield slipProblem(app.construct, layer, path, 'floating-version', {
            message: 'the app moves by versions, and follows a branch here: every commit is deployed at once',
            expected: `a version, as in ${layerLabel(version.layer.source)}: '${version.revision}'`,
            found: `'${revision}'`,
            hint: 'write the version that is to run',
          });
        }
      }
    }
  }
}

function revisionAt({ values }: ComparedLayer, path: readonly string[]): string | undefined {
  const node = tryFindNode(values, path);
  return node instanceof Leaf && typeof node.value === 'string' ? node.value : undefined;
}

function revisionPaths(layers: readonly ComparedLayer[]): readonly (readonly string[])[] {
  const names = layers.flatMap(({ values }) => {
    const sources = tryFindNode(values, ['sources']);
    return sources instanceof Branch ? sources.keys : [];
  });
  return [['source', 'targetRevision'], ...[...new Set(names)].map((name) => ['sources', name, 'targetRevision'])];
}
