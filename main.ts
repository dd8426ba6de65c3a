import { synthesize } from 'cdk8s-fleet';

synthesize();
