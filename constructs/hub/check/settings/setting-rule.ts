import type { Branch } from '../../../../layers/node';
import type { HubTree } from '../../tree/hub-tree';
import type { PartRemark } from '../part-remark';

/** What rules of settings look at: one layer, or all that a member has. */
export interface SettingSubject {
  readonly fleet: HubTree;
  readonly values: Branch;
}

/** One kind of mistake, looked for in the settings of members. A pure function. */
export type SettingRule = (subject: SettingSubject) => Iterable<PartRemark>;
