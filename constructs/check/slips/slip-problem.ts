import type { CompiledLayer } from '../../../layers/compile/compiled-layer';
import type { Problem } from '../../../layers/problem';
import { type SilencedCode, silenceHint } from '../../../layers/silenced';
import { judgeRemark } from '../../argocd/judge-remark';
import type { LayeredApp } from '../../tree/layered-app';
import { originOf } from '../../tree/origin';

/** A warning about a value of a layer, which the app may say is meant so. */
export function slipProblem(
  app: LayeredApp,
  layer: CompiledLayer,
  path: readonly string[],
  code: SilencedCode,
  { hint, ...said }: Pick<Problem, 'message' | 'expected' | 'found' | 'hint'>,
): Problem {
  const key = path.join('.');
  const { file = originOf(app).file, place } = layer.source;
  const judged = judgeRemark(app, { code, severity: 'warning', path, key, ...said, hint: silenceHint(code, key, hint) });
  return { ...judged, app: app.name, file, place: [...place, ...path] };
}
