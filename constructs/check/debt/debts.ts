import type { Construct } from 'constructs';
import { type Problem, Problems } from '../../../layers/problem';
import type { Model } from '../../resolve/model';
import type { PatchView } from '../../resolve/patch-view';
import type { Silencing } from '../../tree/silences';
import { isOfDebt, unusedAt } from '../layers/unused-silences';
import { idleOverrides } from './idle-overrides';
import { patchDebt, type StalledPatch } from './patch-debt';
import { undeclaredDifferences } from './undeclared-differences';
import { unownedApps } from './unowned-apps';

/**
 * What works, and should not stay: layers without effect, patches that do not get on, apps of nobody, differences that no layer
 * declares. Only who checks a fleet asks for it.
 */
export function debtProblems(model: Model, patches: readonly PatchView[], stalled: StalledPatch): readonly Problem[] {
  const problems = new Problems();
  problems.addAll(idleOverrides(model));
  problems.addAll(patchDebt(patches, stalled));
  problems.addAll(unownedApps(model));
  problems.addAll(undeclaredDifferences(model));
  problems.addAll(unusedSilencesOf(model));
  return problems.sorted();
}

/** What silences a debt that is paid. */
function unusedSilencesOf({ clusterTypes }: Model): readonly Problem[] {
  const scopes = new Set<Construct & Silencing>(
    clusterTypes.flatMap(({ construct, apps }) => [
      construct,
      ...apps.flatMap((app) => [app.construct, ...(app.construct.group ? [app.construct.group] : [])]),
    ]),
  );
  return [...scopes].flatMap((scope) => scope.silence.unused.filter(isOfDebt).map((finding) => unusedAt(scope, 'silence', finding)));
}
