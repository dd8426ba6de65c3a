import type { Finding } from '../../../../layers/consequences';
import type { Branch } from '../../../../layers/node';
import type { Component } from '../../tree/component';
import type { PartRemark } from '../part-remark';

/** What rules of a component's layers look at: one layer, or all that a member has. */
export interface LayerSubject {
  readonly component: Component;
  readonly values: Branch;
}

/** One kind of mistake, looked for in layers of components. A pure function. */
export type LayerRule = (subject: LayerSubject) => Iterable<PartRemark & Pick<Finding, 'severity'>>;
