import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { type Branch, plainOf, tryChild } from '../../../../layers/node';
import { describe } from '../../../../layers/plain-data';
import type { Problem } from '../../../../layers/problem';
import { releasesName } from '../../../../layers/record';
import type { Resolved } from '../../../../layers/resolver';
import { suggestion } from '../../../../layers/text/nearest';
import { layersAnywhere } from '../../../resolve/layers-anywhere';
import type { GroupModel } from '../../resolve/group-model';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

/** Members get a release that their group has; and layers of a group say nothing else, wherever they may apply one day: a patch that sits nowhere is one of them. */
export function* releasesOfMembers({ groups, members }: HubSubject): Generator<Finding> {
  for (const group of groups) {
    // Members with the same layers get the same release, and have the same mistakes.
    const known = new Map<Resolved, readonly Finding[]>();
    for (const { member, releaseLayers } of members) {
      const layers = releaseLayers.get(group.name);
      if (!layers) continue;
      const findings = known.get(layers) ?? memberReleaseFindings(group, layers);
      known.set(layers, findings);
      for (const finding of findings) yield { ...finding, target: `${group.name}/${member.path}` };
    }
    for (const layer of layersAnywhere(group.releasesApp)) if (layer.isStatic) yield* releaseFindings(group, layer.at({ path: '' }).values);
  }
}

function memberReleaseFindings(group: GroupModel, { values, problems }: Resolved): readonly Finding[] {
  const found = [...problems, ...releaseFindings(group, values)];
  if (values.plain.release !== undefined || problems.length > 0) return found;
  const expected = `one of ${Object.keys(group.construct.releases.releases).join(', ')}`;
  return [...found, valueProblem(group.construct.releases, values, ['release'], 'unknown-release', `${group.name} has no release at all here`, { expected })];
}

/** What is wrong with what layers say of a group, whether one of them or all. */
function* releaseFindings({ construct: { releases }, name }: GroupModel, values: Branch): Generator<Finding> {
  const report = (key: string, code: Problem['code'], message: string, rest: Partial<Finding>) => valueProblem(releases, values, [key], code, message, rest);
  for (const key of values.keys) {
    if (key === 'release') continue;
    yield report(key, 'unknown-key', `'${key}' is no setting of a group`, { expected: "'release'", hint: suggestion(key, ['release'], 'keys') });
  }
  const node = tryChild(values, 'release');
  const release = node && plainOf(node);
  const known = Object.keys(releases.releases);
  const rest = { expected: `one of ${known.join(', ')}`, follows: [unread(name, releasesName)] };
  if (release === undefined) return;
  if (typeof release !== 'string') yield report('release', 'wrong-type', "'release' has the wrong type", { ...rest, found: describe(release) });
  else if (!known.includes(release)) {
    yield report('release', 'unknown-release', `${name} has no release '${release}'`, { ...rest, hint: suggestion(release, known, 'releases') });
  }
}
