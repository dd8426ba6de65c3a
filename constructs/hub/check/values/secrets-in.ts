import type { Plain } from '../../../../layers/layer';
import type { Problem } from '../../../../layers/problem';
import { reasonFor, silenced } from '../../../argocd/judge-remark';
import { secretLookalikes } from '../../../argocd/secrets/secret-lookalikes';
import { secretRemark } from '../../../argocd/secrets/secret-remark';
import type { LayeredApp } from '../../../tree/layered-app';
import type { HubTree } from '../../tree/hub-tree';

/** Where a value is said, by its keys. */
export type PlaceOf = (path: readonly string[]) => Pick<Problem, 'file' | 'place'>;

/**
 * What looks like a secret in a value, placed by its keys.
 *
 * @param owner the component, or whatever else says it: what `notSecret` of the fleet calls it
 * @param app where it is a component's: what it says itself
 */
export function secretsIn(fleet: HubTree, owner: string, app: LayeredApp | undefined, value: Plain, at: PlaceOf): readonly Problem[] {
  return secretLookalikes(value).map((lookalike) => {
    const path = lookalike.path.join('.');
    const key = owner === '' ? path : `${owner}.${path}`;
    const { path: _, key: __, message, ...rest } = secretRemark(lookalike, key, 'fleet.ts');
    const remark = { ...rest, message: message.replace(key, path) };
    const reason = fleet.notSecret.reasonOf(key) ?? (app ? reasonFor(app, 'secret-value', path) : undefined);
    return { ...(reason === undefined ? remark : silenced(remark, reason)), ...at(lookalike.path) };
  });
}
