import { lawDigest, loosenings } from '../law';
import type { Finding, JudgedChange, Rule } from '../rule';
import { theLaw } from '../statements';
import { few } from '../words';

/** Who makes a law looser needs the approval of the node that it guards. */
export const loosenedLaw: Rule = {
  id: 'law',
  what: 'who demands less of the changes of a node (its gate, soak, approvers, freeze, budget, waves, evidence, an exemption, its place in the sequence) needs an approval of that node',
  why: 'else whoever cannot pass a gate opens it',
  wayOut: 'let the approvers of the node approve it, and add the line to the message of the commit; what is judged meanwhile is judged by the stricter law',
  *judge({ before, after, now }: JudgedChange): Generator<Finding> {
    // Output of an older version recorded no law: it demanded nothing that is known. Output that records none any more demands nothing.
    if (before.fleet.law === undefined) return;
    const found = loosenings(before.fleet, after.fleet, now);
    for (const path of new Set(found.map((one) => one.path))) {
      const texts = found.filter((one) => one.path === path).map(({ text }) => text);
      const node = path === '*' ? 'the whole fleet' : path;
      yield {
        message: `less is demanded of changes of ${node}: ${few(texts)}`,
        what: theLaw,
        path,
        targets: [],
        expected: `an approval of ${node}`,
        digest: lawDigest(found, path),
      };
    }
  },
};
