import type { Finding } from '../../../../layers/consequences';
import { plural } from '../../../../layers/text/problem-text';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** A component that is enabled and that no selector lets anybody have was forgotten, or its selector is misspelt. */
export function* unmatchedSelectors({ components, members }: HubSubject): Generator<Finding> {
  for (const { construct, name, selector, label } of components) {
    const wanting = members.filter(({ excluded }) => excluded.has(name)).length;
    if (!selector || wanting === 0 || members.some(({ labels }) => labels[label] === 'true')) continue;
    yield problemAt(construct, 'selector-unmatched', `the selector of '${name}' matches no member`, {
      severity: 'warning',
      app: name,
      at: ['selector'],
      found: `${plural(wanting, 'member')} would get it otherwise`,
      hint: 'members have the labels of their settings, besides those that are computed',
    });
  }
}
