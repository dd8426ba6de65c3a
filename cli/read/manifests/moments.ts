import { isAtOrBelow } from '../../../layers/hierarchy';
import type { Repository } from '../../../store/git/repository';
import { changedBetween } from '../../../store/git/trees';
import { outputDir } from '../../../store/output/output-place';
import { chartRenderer, refusingRenderer } from '../../../store/read/read-config';
import type { ManifestOptions } from './with-manifests';

/** Two moments of a fleet. */
export interface Moments {
  readonly config: string;
  /** The fleet's. */
  readonly path: string;
  readonly repository: Repository;
  /** The commit that is the earlier one. */
  readonly from: string;
  /** @default - what lies there now */
  readonly to?: string;
}

export interface MomentOptions extends Pick<ManifestOptions, 'own' | 'values'> {
  /** Whether those apps alone are looked at that are opened, or closed again, at some time. @default false */
  readonly ofOpenedAlone?: boolean;
  /** Whether programs may be run. @default true */
  readonly mayRender?: boolean;
}

/** Who renders charts at two moments, and whether those in folders of the repository may be other ones. */
export function renderersOf(
  { config, path, repository, from, to }: Moments,
  { mayRender = true }: Pick<MomentOptions, 'mayRender'> = {},
): Pick<ManifestOptions, 'renderers' | 'foldersDiffer'> {
  if (!mayRender) return { renderers: [refusingRenderer, refusingRenderer] };
  // Loaded where it is needed: few ask for it.
  const { FormerRenderer } = require('../../../store/hydrate/former-renderer') as typeof import('../../../store/hydrate/former-renderer');
  const output = repository.inside(outputDir(config, path));
  const at = (commit: string) => new FormerRenderer({ config, repository, commit, output });
  if (to === undefined) return { renderers: [at(from), chartRenderer(config)], foldersDiffer: true };
  const others = [output, repository.inside(config)];
  const changed = changedBetween(repository, from, to, repository.top);
  const foldersDiffer = changed.some((file) => !others.some((other) => isAtOrBelow(file.path, other)));
  return { renderers: [at(from), at(to)], foldersDiffer };
}
