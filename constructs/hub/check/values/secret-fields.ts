import type { Finding } from '../../../../layers/consequences';
import type { Plain } from '../../../../layers/layer';
import { originOf } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';
import { secretsIn } from './secrets-in';

/** Nothing secret may stand in Git: what looks like a secret is found in whatever is said besides layers. */
export function* secretFields({ fleet, usable, components }: HubSubject): Generator<Finding> {
  const byName = new Map(components.map(({ name, construct }) => [name, construct]));
  for (const { construct, at, app, isVersion, fields } of usable) {
    const place = (path: readonly string[]) => originOf(construct, isVersion ? at : [...at, ...path]);
    const found = secretsIn(fleet, app ?? construct.node.id, byName.get(app ?? ''), fields as Plain, place);
    for (const problem of found) yield { ...problem, ...(app === undefined ? {} : { app }) };
  }
}
