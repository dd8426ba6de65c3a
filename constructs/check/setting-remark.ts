import type { Problem } from '../../layers/problem';

/** What is wrong with a setting, wherever it is said. */
export type SettingRemark = Pick<Problem, 'code' | 'message' | 'severity' | 'expected' | 'found' | 'hint'>;
