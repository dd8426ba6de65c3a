import type { Finding } from '../../../layers/consequences';

/** What is wrong with a part of something that is said in layers, at a path of keys from its top. */
export type PartRemark = Pick<Finding, 'code' | 'message' | 'expected' | 'found' | 'hint' | 'follows'> & { readonly path: readonly string[] };
