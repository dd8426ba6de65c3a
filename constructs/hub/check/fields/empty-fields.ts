import type { Finding } from '../../../../layers/consequences';
import type { HubSubject } from '../hub-rule';
import type { Statement } from './statement';
import { fieldProblem } from './statement';

/** Fields of text that mean something: an empty one was meant to. */
const texts = ['repoURL', 'chart', 'path', 'version', 'namespace', 'project', 'applicationName'];

const textsOf: { readonly [about in Statement['about']]: readonly string[] } = { fleet: ['revision'], member: [], components: texts };

/** What is written says something. */
export function* emptyFields({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    for (const key of textsOf[statement.about]) {
      if (statement.fields[key] !== '') continue;
      yield fieldProblem(statement, [key], 'invalid-field', `'${key}' is empty`, { hint: 'write it, or leave the key out' });
    }
  }
}
