import type { AppChange } from '../change';
import { workloadsOf } from '../what-goes';
import { digestOf, effectDigest } from './effect';
import { whatOf } from './had';
import type { Finding, JudgedChange } from './rule';
import { commonNode } from './sequence';
import type { Side } from './side';
import { few } from './words';

/**
 * What a component of hubs that leaves an Argo CD takes along otherwise than somebody means. Argo CD gives a finalizer to an
 * Application that is there, and asks for it when that goes: in one commit nobody knows which comes first.
 */
export function* uninstallingFindings(change: AppChange, judged: JudgedChange): Generator<Finding> {
  const { clusterType, app, targets, deployer } = change;
  const { sides, rows, sequence } = judged;
  if (deployer === undefined) return;
  const item = { clusterType, app };
  const fates = sides.before.fields(item, targets);
  const isTold = (target: string) => (fates.get(target) ?? []).some((fields) => workloadsOf(fields) === 'go');
  const kinds = [
    {
      of: targets.filter((target) => isTold(target) && sides.after.has(item, target)),
      message: 'goes to another Argo CD while it is being uninstalled',
      found: 'the old one removes its Application, and by the finalizer everything that it deployed; the new one deploys it anew',
      hint: 'take `uninstall` out first, wait until its Application has no finalizer any more, and move it then',
    },
    {
      of: targets.filter(
        (target) => !isTold(target) && !sides.after.has(item, target) && says(sides.after, change, target) && !says(sides.before, change, target),
      ),
      message: 'is switched off in the change that uninstalls it',
      found: 'Argo CD may remove the Application before that has the finalizer: what it deployed stays then, and nobody manages it any more',
      hint: `say \`uninstall: true\` first, and switch it off when its Application has the finalizer: \`npx fleet retire ${clusterType} ${app} --uninstall\` makes one commit after the other`,
    },
    {
      of: targets.filter(
        (target) => isTold(target) && !sides.after.has(item, target) && says(sides.before, change, target) && !says(sides.after, change, target),
      ),
      message: 'is switched off in the change that takes `uninstall` out',
      found: 'Argo CD may take the finalizer from the Application before it removes that: what it deployed stays then, and nobody manages it any more',
      hint: 'leave `uninstall: true` where it is until the Application is gone',
    },
  ];
  for (const { of, message, found, hint } of kinds) {
    if (of.length === 0) continue;
    const inside = rows.filter((row) => row.item.clusterType === clusterType && row.item.app === app && of.includes(row.target));
    yield {
      message: `'${app}' ${message}, at ${few(sequence.sorted(of))}`,
      what: whatOf(change),
      path: commonNode(of),
      targets: sequence.sorted(of),
      found,
      hint,
      digest: digestOf([effectDigest(inside), ...of].join('\n')),
    };
  }
}

/** Whether layers say at a target that what it deployed goes with it. */
function says({ layers }: Side, { clusterType, app }: AppChange, target: string): boolean {
  return layers.record(clusterType, app)?.uninstalls?.(target) === true;
}
