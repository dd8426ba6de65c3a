import type { Finding } from '../../../../layers/consequences';
import type { HubSubject } from '../hub-rule';
import type { PartRemark } from '../part-remark';
import { applicationMetadata } from './application-metadata';
import { emptyFields } from './empty-fields';
import { fieldNamespaces } from './field-namespaces';
import type { FieldRule, Fields } from './field-rule';
import { helmValues } from './helm-values';
import { readPaths } from './read-paths';
import { sourceOptions } from './source-options';
import { sourceRefs } from './source-refs';
import { fieldProblem } from './statement';
import { templatePatches } from './template-patches';

const fieldRules: readonly FieldRule[] = [emptyFields, fieldNamespaces, helmValues, sourceRefs, sourceOptions, readPaths, applicationMetadata, templatePatches];

/** What is wrong with fields, whoever says them. */
export function fieldRemarks(fields: Fields): readonly PartRemark[] {
  return fieldRules.flatMap((rule) => [...rule(fields)]);
}

/** What is wrong with what is said besides layers. */
export function* saidFields({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    for (const { path, code, message, ...rest } of fieldRemarks(statement.fields)) yield fieldProblem(statement, path, code, message, rest);
  }
}
