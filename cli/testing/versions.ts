import { specsOf } from '../../constructs/argocd/application-specs';
import type { Manifest } from '../../layers/output';
import type { AppManifest } from './manifests';

/** The version of every source of an app: of charts, and the revisions of Git repositories. */
export function versionsOf(manifest: AppManifest): readonly string[] {
  const sources = specsOf(manifest as unknown as Manifest).flatMap((spec) => spec.sources.map(({ source }) => source.targetRevision));
  return [...new Set(sources.filter((version): version is string => typeof version === 'string'))];
}

/** A version with something behind its numbers: `v1.19.0-rc.1`, `cert-manager-1.19.0-beta2`. What is built of it (`+`) does not count. */
const prerelease = /(?:^|[^0-9A-Za-z.+])v?\d+\.\d+(?:\.\d+)?-[0-9A-Za-z]/;

/** Whether a version is that of a release candidate, an alpha, a beta: whatever semver.org calls a pre-release. A branch and a commit are none. */
export function isPrerelease(version: string): boolean {
  return prerelease.test(version);
}
