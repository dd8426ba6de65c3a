import type { Finding } from '../../../layers/consequences';
import { type Branch, deepestNode } from '../../../layers/node';
import type { Problem } from '../../../layers/problem';
import type { LayeredApp } from '../../tree/layered-app';
import { originOf } from '../../tree/origin';

/** What is wrong with a resolved value, placed at the layer, and so in the file, that set it. */
export function valueProblem(
  app: LayeredApp,
  values: Branch,
  path: readonly string[],
  code: Problem['code'],
  message: string,
  rest: Partial<Finding> = {},
): Finding {
  const { node, depth } = deepestNode(values, path);
  const origin = depth === 0 ? originOf(app) : node.source;
  return { code, message, file: origin.file ?? originOf(app).file, place: [...origin.place, ...path], ...rest };
}
