import { compare } from '../layers/problem';
import { baseLayer } from '../layers/record';
import type { Change } from './change';

/** Why a change came about, by what records said before it and say after it. */
export interface Reason {
  /** `entered`, `left`: a patch, which was not there before, or is there no more. `edited`: one that was there says something else. */
  readonly kind: 'entered' | 'left' | 'edited' | 'layer';
  /** The patch, or the layer as records name it. */
  readonly layer: string;
  /** Where the patch entered, sits, or was. @default - it is no patch */
  readonly path?: string;
}

/** @param before the names of the layers of the app, as records have them @param after the same */
export function reasonsOf(change: Change, before: ReadonlySet<string>, after: ReadonlySet<string>): readonly Reason[] {
  if (!('cause' in change)) return [];
  const { cause } = change;
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
  // An app is in its base, wherever it comes or goes.
  const own = (change.kind === 'field' ? now : now.filter(({ layer }) => layer !== baseLayer)).filter(({ kind }) => left.length === 0 || kind !== 'layer');
  return [...own, ...left].sort((a, b) => compare(`${a.kind} ${a.layer} ${a.path}`, `${b.kind} ${b.layer} ${b.path}`));
}

/** `patch-001 production/prod-canary`, as `layerLabel` names a patch; only those of patches and overrides have paths. */
function patchOf(layer: string): { readonly layer: string; readonly path: string } | undefined {
  const [, name, path] = /^(?:patch (?=override ))?(\S+) (.+)$/.exec(layer) ?? [];
  return name === undefined || path === undefined || layer.startsWith('override ') ? undefined : { layer: name, path };
}
