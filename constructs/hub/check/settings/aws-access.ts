import type { Finding } from '../../../../layers/consequences';
import { awsAccessShape } from '../../../../layers/shape/credential-shape';
import { isRight } from '../../../../layers/shape/read-fields';
import type { AwsAccess } from '../../tree/secret-store-config';
import { manifestFindings } from './manifest-findings';
import { storeFindings } from './store-findings';

/** What External Secrets objects to in access to AWS, for a store or a registry, as soon as it is right by its shape. */
export function awsAccessFindings(access: unknown, place: readonly string[]): readonly Finding[] {
  if (!isRight(access, { is: 'map', about: '', keys: awsAccessShape })) return [];
  // `auth.jwt.serviceAccountRef.name` is the service account's.
  return manifestFindings(storeFindings({ aws: access as AwsAccess }), place, (path) => (path[3] === 'auth' ? 'serviceAccount' : (path[3] ?? 'region')));
}
