import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import { waysShape } from '../../../../layers/shape/credential-shape';
import { memberLayerShape } from '../../../../layers/shape/member-shape';
import type { AnyMap } from '../../../../layers/shape/read';
import { readValue } from '../../../../layers/shape/read-fields';
import { type PartRemark, remarksOf } from '../part-remark';
import { awsAccessFindings } from './aws-access';
import { remarksBelow } from './remarks-below';
import { repositoryFields } from './repository-fields';
import { repositoryKinds } from './repository-kinds';
import { credentialRefs } from './secret-refs';
import type { SettingSubject } from './setting-rule';

/** Credentials say what they are for, and one way in. */
export function repositorySettings({ values: { plain } }: SettingSubject): Iterable<PartRemark> {
  return remarksBelow('repositories', plain.repositories, repositoryRemarks);
}

const wayNames = Object.keys(waysShape);

/** The one that may stand beside another. */
const companion = 'clientCertificate';

function repositoryRemarks(repositories: unknown): readonly PartRemark[] {
  const findings: Finding[] = [];
  readValue(repositories, memberLayerShape.repositories, 'repositories', { place: [] }, findings);
  if (isMap(repositories)) for (const [name, config] of Object.entries(repositories)) if (isMap(config)) findings.push(...credentials(name, config));
  return remarksOf(findings);
}

/** What no shape says of credentials. */
function* credentials(name: string, config: AnyMap): Generator<Finding> {
  const all = wayNames.filter((way) => config[way] !== undefined);
  const alone = all.filter((way) => way !== companion);
  const used = alone.length > 0 ? alone : all;
  const [way] = used;
  yield* repositoryFields(config, [name]);
  yield* repositoryKinds(config, way, [name]);
  yield* credentialRefs(config, [name]);
  if (used.length !== 1) {
    yield {
      place: [name],
      code: 'wrong-type',
      message: `the credentials '${name}' have to say one way`,
      expected: `one of ${wayNames.join(', ')}`,
      found: used.join(' and ') || 'none',
      ...(used.length === 0 ? { follows: wayNames.map((one) => ({ place: [name, one] })) } : {}),
    };
  } else if (way === 'ecr') yield* awsAccessFindings(config.ecr, [name, way]);
}
