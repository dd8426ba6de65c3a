import type { Plain } from '../../../layers/layer';
import type { Problem } from '../../../layers/problem';
import { judgeRemark } from '../../argocd/judge-remark';
import { secretLookalikes } from '../../argocd/secrets/secret-lookalikes';
import { secretRemark } from '../../argocd/secrets/secret-remark';
import type { AppModel } from '../../resolve/app-model';
import { layersAnywhere } from '../../resolve/layers-anywhere';
import { originOf } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/**
 * Values that look like a secret and are rendered nowhere: in layers that others hide, in patches that sit nowhere yet. Git
 * has them all the same. What is rendered is looked at with all other rules.
 */
export function* layerSecrets({ model }: FleetSubject): Generator<Problem> {
  for (const { apps } of model.clusterTypes) for (const app of apps) yield* secretsIn(app);
}

function* secretsIn(app: AppModel): Generator<Problem> {
  const { construct } = app;
  for (const layer of layersAnywhere(app)) {
    // What a function of the target says is known where it is rendered.
    if (!layer.isStatic || layer.source.kind === 'generated') continue;
    for (const lookalike of secretLookalikes(layer.at({ path: '' }).values.plain as Plain)) {
      const remark = judgeRemark(construct, secretRemark(lookalike, lookalike.path.join('.')));
      const { file = originOf(construct).file, place } = layer.source;
      yield { ...remark, app: construct.name, file, place: [...place, ...lookalike.path] };
    }
  }
}
