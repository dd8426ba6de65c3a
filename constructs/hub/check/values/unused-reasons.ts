import type { Finding } from '../../../../layers/consequences';
import { unusedIn } from '../../../check/layers/unused-silences';
import type { HubSubject } from '../hub-rule';

/** What silences nothing: the value is gone, or the path is misspelt. */
export function* unusedReasons({ fleet, components }: HubSubject): Generator<Finding> {
  yield* unusedIn(fleet, 'notSecret', fleet.notSecret);
  for (const { construct } of components) {
    yield* unusedIn(construct, 'notSecret', construct.notSecret);
    yield* unusedIn(construct, 'silence', construct.silence);
    yield* unusedIn(construct, 'notTemplate', construct.notTemplate);
  }
}
