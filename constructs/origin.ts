import type { Construct } from 'constructs';
import { type ConfigFile, placeIn } from '../layers/config-files';
import type { Problem } from '../layers/problem';

/** Where a construct was declared: a configuration file and a place in it, or code. */
export interface Origin {
  readonly file?: string;
  readonly place: readonly string[];
}

/** A part of a configuration file's content. */
interface Declared {
  readonly config: Pick<ConfigFile, 'file' | 'parts'>;
  readonly keys: readonly string[];
}

const origins = new WeakMap<Construct, Declared>();

/**
 * Records that a construct stands for a part of a configuration file.
 *
 * @param keys from the top of the file's content
 */
export function setOrigin<C extends Construct>(construct: C, config: Declared['config'], keys: readonly string[] = []): C {
  origins.set(construct, { config, keys });
  return construct;
}

/** Records that a construct stands for a part of what another one stands for. */
export function setOriginBelow<C extends Construct>(construct: C, parent: Construct, keys: readonly string[]): C {
  const declared = origins.get(parent);
  return declared ? setOrigin(construct, declared.config, [...declared.keys, ...keys]) : construct;
}

/**
 * Where a construct was declared. A construct declared in code is named by its construct path.
 *
 * @param at keys below it
 */
export function originOf(construct: Construct, at: readonly string[] = []): Origin {
  const declared = origins.get(construct);
  return declared ? placeIn(declared.config, [...declared.keys, ...at]) : { place: [construct.node.path, ...at] };
}

/** A problem with a construct, placed where the construct was declared. */
export function problemAt(
  construct: Construct,
  code: Problem['code'],
  message: string,
  rest: Partial<Problem> & { readonly at?: readonly string[] } = {},
): Problem {
  const { at = [], ...fields } = rest;
  return { code, message, ...originOf(construct, at), ...fields };
}
