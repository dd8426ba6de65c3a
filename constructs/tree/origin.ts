import type { Construct } from 'constructs';
import { type ConfigFile, placeIn } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import type { Problem } from '../../layers/problem';

/** Where a construct was declared: a configuration file and a place in it, or code. */
export interface Origin {
  readonly file?: string;
  readonly place: readonly string[];
}

/** A part of a configuration file's content. */
export interface Declared {
  readonly config: Pick<ConfigFile, 'file' | 'parts'>;
  readonly keys: readonly string[];
}

/** A part of what another construct stands for. */
interface Below {
  readonly parent: Construct;
  readonly keys: readonly string[];
}

const origins = new WeakMap<Construct, Declared | Below>();

/**
 * Records that a construct stands for a part of a configuration file.
 *
 * @param keys from the top of the file's content
 */
export function setOrigin<C extends Construct>(construct: C, config: Declared['config'], keys: readonly string[] = []): C {
  origins.set(construct, { config, keys });
  return construct;
}

/** Records that a construct stands for a part of what another one stands for, which may be recorded later. */
export function setOriginBelow<C extends Construct>(construct: C, parent: Construct, keys: readonly string[]): C {
  origins.set(construct, { parent, keys });
  return construct;
}

/** Whether it is recorded where the construct was declared. */
export function hasOrigin(construct: Construct): boolean {
  return origins.has(construct);
}

function declaredOf(construct: Construct): Declared | undefined {
  const known = origins.get(construct);
  if (known === undefined || 'config' in known) return known;
  const above = declaredOf(known.parent);
  return above && { config: above.config, keys: [...above.keys, ...known.keys] };
}

/**
 * Where a construct was declared. A construct declared in code is named by its construct path.
 *
 * @param at keys below it
 */
export function originOf(construct: Construct, at: readonly string[] = []): Origin {
  const declared = declaredOf(construct);
  return declared ? placeOfDeclared(declared, at) : { place: [construct.node.path, ...at] };
}

/** Where a part of a configuration file stands. @param at keys below it */
export function placeOfDeclared({ config, keys }: Declared, at: readonly string[] = []): Origin {
  return placeIn(config, [...keys, ...at]);
}

/** A problem with a construct, placed where the construct was declared. */
export function problemAt(
  construct: Construct,
  code: Problem['code'],
  message: string,
  rest: Partial<Finding> & { readonly at?: readonly string[] } = {},
): Finding {
  const { at = [], ...fields } = rest;
  return { code, message, ...originOf(construct, at), ...fields };
}
