import { FleetError, isError } from '../../layers/problem';
import { readComponents } from './components';
import { readInstances } from './instances';
import { Layout, registrationFolder, type Unsaid } from './layout';
import { readMembership } from './members';
import { type NewConfig, type WrapperFleet, writtenConfig } from './write-config';

/** A wrapper layout, and the configuration that it becomes. */
export interface WrapperReading {
  readonly fleet: WrapperFleet;
  readonly config: NewConfig;
  /** What the configuration does not say as the layout did. */
  readonly unsaid: readonly Unsaid[];
  /** Files in the hierarchies of values that no cluster reads. */
  readonly unread: readonly string[];
}

/**
 * @param folder with a wrapper layout
 * @param remote the URL of its repository, if Git knows one
 * @throws FleetError where files cannot be used
 */
export function readWrapper(folder: string, remote: () => string | undefined): WrapperReading {
  const layout = new Layout(folder);
  const membership = readMembership(layout);
  const instances = readInstances(layout, membership);
  const components = readComponents(layout, membership, instances);
  const problems = layout.problems.filter(isError);
  if (membership.members.length === 0 && problems.length === 0) {
    problems.push({
      code: 'migrate-from',
      message: `'${folder}' has no hub`,
      file: layout.shown(registrationFolder),
      expected: `${registrationFolder}/fleet-members/{hub}/{spoke}.yaml`,
    });
  }
  if (problems.length > 0) throw new FleetError(problems);
  const fleet = { membership, instances, components };
  const config = writtenConfig(fleet, remote);
  const folders = [
    'fleet',
    ...new Set(
      membership.members.flatMap(({ annotations }) =>
        Object.entries(annotations).flatMap(([key, value]) => (/_repo_basepath$/.test(key) ? value.split('/')[0] : []) ?? []),
      ),
    ),
  ];
  const unread = layout.unread([...new Set(folders)].filter((one) => layout.hasFolder(one))).map((path) => layout.shown(path));
  return { fleet, config, unsaid: layout.unsaid, unread };
}
