import { getOr } from '../../../layers/get-or';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import { type Marked, marked, objectOf, rowsOfMarked, textsOf } from '../marked';
import type { Finding, JudgedChange, Rule } from '../rule';
import { below, comingFrom, few, shownRow, targetsOf } from '../words';

/** No object is told to be what Kubernetes does not let it become. */
export const immutable: Rule = {
  id: 'immutable',
  what: 'no object changes a field that Kubernetes does not let it change: a selector, a template of claims, a role that is bound, a claim that shrinks',
  why: 'the sync fails at every cluster until somebody deletes the object, and with it what runs, or holds data',
  wayOut: 'bring it under another name beside the old one, and take the old one out afterwards',
  *judge({ changes, rows, sequence }: JudgedChange): Generator<Finding> {
    const objects = new Map<string, Marked[]>();
    for (const change of marked(changes, 'immutable')) getOr(objects, JSON.stringify([change.clusterType, objectOf(change)]), () => []).push(change);
    for (const group of objects.values()) {
      const [first] = group as [Marked];
      const found = group.flatMap((change) => rowsOfMarked(change, rows));
      const targets = sequence.sorted(targetsOf(found));
      const path = sequence.commonNode(targets);
      yield {
        message: `${objectOf(first)} changes what cannot change at ${few(targets)}`,
        what: whatOf(first),
        path,
        targets,
        found: `${[...new Set(group.map((change) => textsOf(change, 'immutable')))].join('; ')}${comingFrom(found)}`,
        hint: 'bring it under another name beside the old one, and take the old one out afterwards; or say that it may be made anew: `argocd.argoproj.io/sync-options: Force=true,Replace=true`',
        digest: effectDigest(below(found, path)),
        digestBelow: (other) => effectDigest(below(found, other)),
        ofObjects: true,
        ...shownRow(found),
      };
    }
  },
};
