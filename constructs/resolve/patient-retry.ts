import type { ApplicationSpec } from '../../imports/argoproj.io.types.ts';

/**
 * How what is not there yet for good is synchronised, roots and components: Argo CD gives up after five tries, which are three
 * minutes, and tries a commit no second time then. A new cluster takes longer: kinds that another Application brings, webhooks
 * that do not answer, nodes. Each try is of the newest commit: one that cannot be applied would otherwise be tried for ever,
 * and the one that mends it never (argo-cd issue 11494).
 */
export const patientRetry = {
  backoff: { duration: '10s', factor: 2, maxDuration: '3m' },
  limit: -1,
  refresh: true,
} satisfies NonNullable<ApplicationSpec['syncPolicy']>['retry'];
