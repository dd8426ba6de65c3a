import type { Construct } from 'constructs';
import type { Plain } from '../../layers/layer';
import type { Problem, Problems } from '../../layers/problem';
import { secretLookalikes } from '../argocd/secrets/secret-lookalikes';
import { secretRemark } from '../argocd/secrets/secret-remark';
import type { Fleet } from '../fleet';
import { originOf, problemAt } from '../origin';
import type { Silences } from '../silences';
import { judged } from './judged';
import { layersAnywhere } from './layers-anywhere';
import type { AppModel, Model } from './model';

/**
 * Values that look like a secret and are rendered nowhere: in layers that others hide, in patches that sit nowhere yet. Git
 * has them all the same. What is rendered is looked at with all other rules.
 */
export function checkLayerSecrets(fleet: Fleet, model: Model, problems: Problems): void {
  const { repository } = fleet;
  for (const { why } of secretLookalikes({ repository } as Plain)) {
    const { expected } = secretRemark({ path: [], why }, 'repository');
    const hint = 'Argo CD finds credentials by the URL without them, in a secret with the label argocd.argoproj.io/secret-type: repository';
    problems.add(problemAt(fleet, 'secret-value', `'repository' looks like a secret: ${why}`, { at: ['repository'], expected, hint }));
  }
  for (const { apps } of model.clusterTypes) for (const app of apps) problems.addAll(inLayers(app));
}

function* inLayers(app: AppModel): Generator<Problem> {
  const { construct } = app;
  for (const layer of layersAnywhere(app)) {
    // What a function of the target says is known where it is rendered.
    if (!layer.isStatic || layer.source.kind === 'generated') continue;
    for (const lookalike of secretLookalikes(layer.at({ path: '' }).values.plain as Plain)) {
      const remark = judged(construct, secretRemark(lookalike, lookalike.path.join('.')));
      const { file = originOf(construct).file, place } = layer.source;
      yield { ...remark, app: construct.name, file, place: [...place, ...lookalike.path] };
    }
  }
}

/** What silences nothing: the value is gone, or the path is misspelt. */
export function checkSilences({ clusterTypes }: Model, problems: Problems): void {
  const apps = clusterTypes.flatMap((type) => type.apps.flatMap(({ construct }) => (construct.group ? [construct.group, construct] : [construct])));
  const scopes = new Set([...clusterTypes.map(({ construct }) => construct), ...apps]);
  for (const scope of scopes) problems.addAll(unusedSilences(scope, 'notSecret', scope.notSecret));
}

export function unusedSilences(scope: Construct, key: string, silences: Silences): readonly Problem[] {
  return silences.unused.map((path) =>
    problemAt(scope, 'silence-unused', `nothing at '${path}' has to be silenced`, {
      severity: 'warning',
      at: [key, path],
      hint: 'remove it, or write the path that the message printed',
    }),
  );
}
