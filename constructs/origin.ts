import type { Construct } from 'constructs';
import type { Problem } from '../layers/problem';

/** Where a construct was declared: a configuration file and a place in it, or code. */
export interface Origin {
  readonly file?: string;
  readonly place: readonly string[];
}

const origins = new WeakMap<Construct, Origin>();

/** Records that a construct stands for a part of a configuration file. */
export function setOrigin<C extends Construct>(construct: C, origin: Origin): C {
  origins.set(construct, origin);
  return construct;
}

/** Where a construct was declared. A construct declared in code is named by its construct path. */
export function originOf(construct: Construct): Origin {
  return origins.get(construct) ?? { place: [construct.node.path] };
}

/** A problem with a construct, placed where the construct was declared. */
export function problemAt(
  construct: Construct,
  code: Problem['code'],
  message: string,
  rest: Partial<Problem> & { readonly at?: readonly string[] } = {},
): Problem {
  const { at = [], ...fields } = rest;
  const { file, place } = originOf(construct);
  return { code, message, file, place: [...place, ...at], ...fields };
}
