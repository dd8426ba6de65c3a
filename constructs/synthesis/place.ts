import type { ClusterTypeModel } from '../resolve/model';
import type { Target } from '../tree/config/target';
import type { CustomChart } from './custom/custom-files';
import type { RenderedApp } from './rendered-app';

/** A target while it is looked at. */
export interface Place {
  readonly clusterType: ClusterTypeModel;
  readonly target: Target;
  readonly apps: readonly RenderedApp[];
  /** What users' code made of its chart, where there is any. */
  readonly chart?: CustomChart;
}
