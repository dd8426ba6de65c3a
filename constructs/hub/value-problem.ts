import type { Construct } from 'constructs';
import { asksFor } from '../../layers/nearest';
import { type Branch, deepestNode } from '../../layers/node';
import type { Problem } from '../../layers/problem';
import type { FleetApp } from '../fleet-app';
import { originOf } from '../origin';
import type { HubFleet } from './hub-fleet';

/** What is wrong with a resolved value, placed at the layer, and so in the file, that set it. */
export function valueProblem(
  app: FleetApp,
  values: Branch,
  path: readonly string[],
  code: Problem['code'],
  message: string,
  rest: Partial<Problem> = {},
): Problem {
  const { node, depth } = deepestNode(values, path);
  const origin = depth === 0 ? originOf(app) : node.source;
  return { code, message, file: origin.file ?? originOf(app).file, place: [...origin.place, ...path], ...rest };
}

/** Whether a file was objected to at this very place already, or at a misspelt key of it: that it is missing there is no further mistake. */
export function isReported(fleet: HubFleet, construct: Construct, at: readonly string[]): boolean {
  const { file, place } = originOf(construct, at);
  return file !== undefined && (fleet.problems.some((problem) => problem.file === file && isAt(problem, place)) || isMisspelt(fleet.problems, place, file));
}

/** Whether a key was found that is this one, misspelt. */
export function isMisspelt(problems: readonly Problem[], place: readonly string[], file?: string): boolean {
  const hint = asksFor(place[place.length - 1] ?? '');
  return problems.some(
    (problem) =>
      problem.code === 'unknown-key' &&
      problem.hint === hint &&
      (file === undefined || problem.file === file) &&
      isAt({ place: problem.place?.slice(0, -1) }, place.slice(0, -1)),
  );
}

function isAt({ place = [] }: Pick<Problem, 'place'>, keys: readonly string[]): boolean {
  return place.length === keys.length && place.every((key, index) => key === keys[index]);
}
