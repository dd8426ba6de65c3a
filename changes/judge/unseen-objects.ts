import { getOr } from '../../layers/get-or';
import type { Unseen } from '../state';
import { digestOf, effectDigest } from './effect';
import { whatOf } from './had';
import { marked, objectOf } from './marked';
import type { Finding, JudgedChange } from './rule';
import { below, few } from './words';

/**
 * Apps that are opened or closed, or whose charts change, and of which nobody can tell what that does, for a chart of theirs cannot be
 * rendered before or after it: what holds data may go, what Kubernetes refuses may come, and so may any permission.
 */
export function* unseenObjects({ after, changes, rows, sequence }: JudgedChange): Generator<Finding> {
  const apps = new Map<string, Unseen[]>();
  for (const one of after.unseen?.values() ?? []) getOr(apps, whatOf(one), () => []).push(one);
  const going = apps.size === 0 ? [] : marked(changes, 'removal');
  for (const [what, all] of apps) {
    const [{ app }] = all as [Unseen];
    const targets = sequence.sorted(all.map(({ target }) => target));
    const path = sequence.commonNode(targets);
    const own = rows.filter((row) => whatOf(row.item) === what && targets.includes(row.target));
    const holding = going.filter((change) => whatOf(change) === what && change.targets.some((target) => targets.includes(target)));
    const made = [...new Set(all.map(({ digest }) => digest))].sort();
    yield {
      message: `what becomes of the objects of '${app}' at ${few(targets)} cannot be told: ${few([...new Set(all.flatMap(({ why }) => why))])}`,
      what,
      path,
      targets,
      expected: 'charts that can be rendered before the change and after it',
      found:
        holding.length === 0
          ? 'whatever it deployed may go, and what Kubernetes refuses, or permits more, may come'
          : `${few([...new Set(holding.map(objectOf))])} may go, with what ${holding.length === 1 ? 'it holds' : 'they hold'}`,
      hint: 'let the chart render first, and change this in a commit of its own; where somebody looked at what it does, allow it',
      digest: digestOf([effectDigest(below(own, path)), ...made, ...targets].join('\n')),
      ofObjects: true,
    };
  }
}
