import type { AwsAccess } from '../../tree/secret-store-config';
import type { PartRemark } from '../part-remark';
import { textMapRemarks } from '../text-map';
import { storeFindings } from './store-findings';

/** Access to AWS, for a store or a registry. */
export function* awsAccessRemarks(access: unknown, name: string): Generator<PartRemark> {
  const remarks = [
    ...textMapRemarks(access, name, {
      region: { expected: 'a region of AWS', isNeeded: true },
      role: { expected: 'the ARN of a role' },
      serviceAccount: { expected: 'the name of a service account' },
    }),
  ];
  yield* remarks;
  if (remarks.length > 0) return;
  for (const { path, ...finding } of storeFindings({ aws: access as AwsAccess })) {
    // `auth.jwt.serviceAccountRef.name` is the service account's.
    const key = path[3] === 'auth' ? 'serviceAccount' : (path[3] ?? 'region');
    yield { ...finding, path: [key], message: `'${key}' ${finding.message.replace(/^'[^']*' /, '')}` };
  }
}
