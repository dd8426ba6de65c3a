import { FleetError, isError, type Problem } from '../../layers/problem';
import { applicationSetTemplates } from './charts/known-templates';
import { sayTemplates } from './charts/template-keys';
import { readComponents } from './components';
import { type Instance, readInstances } from './instances';
import { Layout, registrationFolder, type Unsaid } from './layout';
import { readMembership } from './members';
import { asMap } from './values';
import { type NewConfig, type WrapperFleet, writtenConfig } from './write-config';

/** A wrapper layout, and the configuration that it becomes. */
export interface WrapperReading {
  readonly fleet: WrapperFleet;
  readonly config: NewConfig;
  /** The folders of the layout. */
  readonly folders: readonly string[];
  /** What the configuration does not say as the layout did. */
  readonly unsaid: readonly Unsaid[];
  /** Files in the hierarchies of values that no cluster reads. */
  readonly unread: readonly string[];
  /** Components that no cluster gets: they are left out. */
  readonly unused: readonly string[];
}

/**
 * @param folder with a wrapper layout
 * @param remote the URL of its repository, if Git knows one
 * @throws FleetError where files cannot be used
 */
export function readWrapper(folder: string, remote: () => string | undefined): WrapperReading {
  const layout = new Layout(folder);
  const membership = readMembership(layout, remote);
  const instances = readInstances(layout, membership);
  const found = readComponents(layout, membership, instances);
  for (const chart of new Set(instances.map((one) => one.chart))) sayTemplates(chart, applicationSetTemplates, 'the wrapper chart', layout);
  const components = found.filter(({ uses }) => uses.length > 0);
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
  const config = writtenConfig(fleet);
  expectNames(config, instances, layout);
  const [spoke] = membership.members.filter(({ isRemote }) => isRemote);
  if (spoke && !config.plans.some(({ isBootstrap }) => isBootstrap)) {
    const reason = "no group brings Argo CD and External Secrets to spokes with an Argo CD of their own: 'bootstrap' does now; see to its versions and values";
    layout.say({ file: spoke.file, reason });
  }
  for (const { argoCD, namespace, installedBy } of instances) {
    const member = membership.members.find(({ name }) => name === argoCD);
    const said = member && config.homes.of(member).platformNamespace;
    if (said !== undefined && said !== namespace)
      layout.say({ file: installedBy.file, reason: `the Argo CD of ${argoCD} runs in '${namespace}' there, and elsewhere in '${said}', which is said` });
  }
  for (const label of config.dropped) {
    const { file = folder } = membership.members.find(({ labels }) => Object.hasOwn(labels, label)) ?? {};
    layout.say({ file, text: label, reason: 'the label asks for what no cluster gets: it is left out' });
  }
  const places = membership.members.flatMap(({ annotations, assumed, located }) => Object.entries({ ...assumed, ...annotations, ...located }));
  const folders = new Set(places.flatMap(([key, value]) => (/_repo_basepath$/.test(key) ? (value.split('/')[0] ?? []) : [])));
  // What components deploy as it is are no values.
  const deployed = components.flatMap(({ uses }) =>
    uses.flatMap(({ deployed: { path, extraSources } }) => [path, ...Object.values(extraSources).map((source) => asMap(source).path)]),
  );
  const unread = layout
    .unread([...folders].filter((one) => layout.hasFolder(one) && one !== 'charts'))
    .filter((path) => !deployed.some((one) => typeof one === 'string' && path.startsWith(`${one}/`)))
    .map((path) => layout.shown(path));
  const unused = found.flatMap(({ uses, group, name }) => (uses.length > 0 ? [] : [`${group}/${name}`]));
  return { fleet, config, folders: ['charts', ...folders], unsaid: layout.unsaid, unread, unused };
}

/** A group and a component, a hub, a spoke: none of them leads out of the new folder, and none is there twice. */
const usable = /^(?:fleet|[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)\.ts$/;

/** @throws FleetError where a file cannot be called like what is in it */
function expectNames({ files }: NewConfig, instances: readonly Instance[], layout: Layout): void {
  const taken = ['hubs', 'spokes', 'members'].filter((folder) => instances.some(({ group }) => group === folder));
  const paths = files.map(({ path }) => path);
  const problems = paths.flatMap((path, index): readonly Problem[] => {
    const isTwice = paths.indexOf(path) < index;
    if (usable.test(path) && !isTwice && !taken.some((folder) => path.startsWith(`${folder}/`))) return [];
    const message = isTwice ? `two things would be called '${path}'` : `'${path}' cannot be a file of the configuration`;
    const expected = 'names of lower case letters, digits, `-` and `.`, none like a file or folder of another kind';
    return [{ code: 'invalid-name', message, file: layout.shown('.'), expected }];
  });
  if (problems.length > 0) throw new FleetError(problems);
}
