import { digestOf } from '../../../changes/judge/effect';
import type { Content } from '../../../changes/state';
import type { Remark } from '../../../constructs/argocd/manifest-rule';
import type { ChartInput } from '../../../layers/charts/chart-input';
import type { Manifest } from '../../../layers/output';
import { mapStrings } from '../../../layers/text/token';

/** What an app that is looked at says at one moment: that Git holds its objects, or what its charts are told. */
export type Moment = 'open' | { readonly inputs: readonly ChartInput[]; readonly remarks: readonly Pick<Remark, 'path' | 'message'>[] };

/** An app at a target that may give other objects: its Application is another one, or whatever else its charts are told, or its chart may be. */
export interface Looked {
  /** Whether all that its charts are told is the same. */
  readonly isSame: boolean;
  readonly clusterType: string;
  readonly target: string;
  readonly app: string;
  readonly moments: readonly [before: Moment, after: Moment];
}

const standIn = /token-[0-9a-f]{16}-token/g;

const shown = new Map<string, string>();

/** A name in the place of what only the cluster knows: the objects show where that goes. @param text as readers see it */
export function standInOf(text: string): string {
  const name = `token-${digestOf(text)}-token`;
  shown.set(name, text);
  return name;
}

/** An object with what readers see in the place of {@link standInOf} names. */
export function withShown(manifest: Manifest): Content {
  return mapStrings(manifest as unknown as Content, (text) => text.replace(standIn, (whole) => shown.get(whole) ?? whole));
}
