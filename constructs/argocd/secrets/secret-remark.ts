import type { Remark } from '../manifest-rule';
import type { SecretLookalike } from './secret-lookalikes';

/**
 * What is said of a value that looks like a secret; never the value.
 *
 * @param key  how `notSecret` calls the value
 * @param file where that would stand
 */
export function secretRemark({ path, why }: SecretLookalike, key: string, file = 'the file of the app'): Remark {
  return {
    code: 'secret-value',
    path,
    message: `'${key}' looks like a secret: ${why}`,
    expected: 'the name of a secret in the secret manager, or of a Secret in the cluster',
    hint: `change it there if it is one: Git has it now. If it is none, say so in ${file}: \`notSecret: { '${key}': 'why' }\``,
    key,
  };
}
