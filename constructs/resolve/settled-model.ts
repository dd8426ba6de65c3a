import type { Model } from './model';
import { isRootModel, settledRoot, type TokensAt } from './root-model';

/** What was declared, after every app was rendered everywhere: roots inject what is used. Only of this one is anything given out. */
export interface SettledModel extends Model {
  readonly tokensAt: TokensAt;
}

/** @param tokensAt what is used, of all targets: nothing is added to it any more */
export function settledModel(model: Model, tokensAt: TokensAt): SettledModel {
  const clusterTypes = model.clusterTypes.map((clusterType) =>
    clusterType.hasRoots ? { ...clusterType, apps: clusterType.apps.map((app) => (isRootModel(app) ? settledRoot(app, tokensAt) : app)) } : clusterType,
  );
  return { ...model, clusterTypes, tokensAt };
}
