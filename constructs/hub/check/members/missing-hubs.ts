import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubTree } from '../../tree/hub-tree';
import type { HubSubject } from '../hub-rule';

/** Somebody has to deploy. */
export function* missingHubs({ fleet }: HubSubject): Generator<Finding> {
  if (hubNames(fleet).length > 0) return;
  const follows = [unread('hubs'), unread('tenants')];
  yield problemAt(fleet, 'unknown-hub', 'the fleet has no hub', { expected: 'a file in the folder hubs, beside fleet.ts', follows });
}

export function hubNames({ members }: HubTree): readonly string[] {
  return members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
}
