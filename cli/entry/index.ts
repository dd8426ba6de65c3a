/** What `cdk8s-fleet` is when it is imported: the words of a fleet, and what `cdk8s synth` runs. */

export * from '../../constructs';
export { synthesize } from './synthesize';
