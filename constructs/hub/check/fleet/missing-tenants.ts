import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import { noTenants } from '../../tree/tenant';
import type { HubSubject } from '../hub-rule';

/** Clusters are somebody's. */
export function* missingTenants({ fleet }: HubSubject): Generator<Finding> {
  if (fleet.tenants.length > 0) return;
  yield problemAt(fleet, 'empty-hierarchy', noTenants.message, { expected: noTenants.expected, follows: [unread('tenants')] });
}
