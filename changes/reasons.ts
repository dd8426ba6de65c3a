import { compare } from '../layers/problem';
import { baseLayer } from '../layers/record';
import type { Change } from './change';
import { isWeaker, patchOf, strengthOf } from './strength';

/** Why a change came about, by what records said before it and say after it. */
export interface Reason {
  /**
   * `entered`, `left`: a patch, which was not there before, or is there no more. `edited`: one that was there says something else.
   * `withdrawn`: a layer that says no more of it, so that a weaker one has the word, or none.
   */
  readonly kind: 'entered' | 'left' | 'edited' | 'layer' | 'withdrawn';
  /** The patch, or the layer as records name it. */
  readonly layer: string;
  /** Where the patch entered, sits, or was. @default - it is no patch */
  readonly path?: string;
}

/** @param before the names of the layers of the app, as records have them @param after the same */
export function reasonsOf(change: Change, before: ReadonlySet<string>, after: ReadonlySet<string>): readonly Reason[] {
  const cause = 'cause' in change ? change.cause : undefined;
  if (!cause) return [];
  // An app is in its base, wherever it comes or goes.
  const isOfApp = change.kind === 'app-added' || change.kind === 'app-removed';
  const now = cause.now.map((layer): Reason => {
    const patch = patchOf(layer);
    if (!patch) return { kind: 'layer', layer };
    if (!before.has(layer)) return { kind: 'entered', ...patch };
    return cause.before.includes(layer) ? { kind: 'edited', ...patch } : { kind: 'layer', ...patch };
  });
  const left = cause.before.flatMap((layer): readonly Reason[] => {
    const patch = patchOf(layer);
    const isMoved = patch && cause.now.some((one) => patchOf(one)?.layer === patch.layer);
    return patch && !after.has(layer) && !isMoved ? [{ kind: 'left', ...patch }] : [];
  });
  // Where a patch went away, what it hid says nothing new.
  const own = (!isOfApp ? now : now.filter(({ layer }) => layer !== baseLayer)).filter(({ kind }) => left.length === 0 || kind !== 'layer');
  const withdrawn = cause.before
    .filter((layer) => !isOfApp || strengthOf(layer)?.path !== undefined)
    .filter((layer) => !left.some((one) => layer === `${one.layer} ${one.path}`) && cause.now.every((one) => isWeaker(one, layer)))
    .map((layer): Reason => ({ kind: 'withdrawn', layer }));
  return [...own, ...left, ...withdrawn].sort((a, b) => compare(`${a.kind} ${a.layer} ${a.path}`, `${b.kind} ${b.layer} ${b.path}`));
}
