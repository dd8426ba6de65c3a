import type { PartRemark } from '../part-remark';

/** What configuration says of a component, its group or a release of it, or what a layer says of a component: data, and no template. */
export type Fields = Readonly<Record<string, unknown>>;

/** One kind of mistake, looked for in fields, wherever they are said. A pure function. */
export type FieldRule = (fields: Fields) => Iterable<PartRemark>;
