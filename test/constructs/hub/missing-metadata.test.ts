import { cluster } from '../../../constructs';
import { type HubContent, hubProblemsOf, releases, settings, spoke1, withAddons, withComponent, withFleet } from '../../builders/hub-builder';
import { type Mistake, reportsEach } from './mistake';

const file = 'config/addons/cert-manager.ts';
const vpc = { vpc: cluster.annotation('aws_vpcid') };
const git = withFleet({ annotations: 'git' });
const inGit = { annotations: { aws_vpc_id: 'vpc-1' } };
/** All members have `aws_vpc_id`, and all annotations are in Git. */
const declared = (content: HubContent): HubContent => ({ ...git, members: { settings: { ...settings, ...inGit } }, ...content });

const mistakes: readonly Mistake[] = [
  [
    'an annotation that no cluster has: once, for all that get the component',
    declared(withComponent({ values: vpc })),
    {
      code: 'token-not-injected',
      file,
      at: 'values.vpc',
      message: "no cluster has the annotation 'aws_vpcid'",
      expected: 'an annotation in Git, or one from a named key of its entry in the secret manager',
      hint: "did you mean 'aws_vpc_id'?",
      app: 'cert-manager',
      target: 'addons/shop/dev/spoke-1',
      targets: 3,
    },
  ],
  [
    'one that only some clusters have',
    declared({ ...withComponent({ values: vpc }), spokes: { 'spoke-1': { ...spoke1, annotations: { aws_vpcid: 'vpc-2' } } } }),
    {
      code: 'token-not-injected',
      file,
      message: "a cluster that gets 'cert-manager' has no annotation 'aws_vpcid'",
      hint: 'write it as a layer of `annotations` in the member settings, or into the file of the cluster',
      target: 'addons/platform/prod/hub-1',
    },
  ],
  [
    'one in a layer, in a list of its values',
    declared(withComponent({ overrides: { '*': { enabled: true }, 'shop/dev': { values: { list: [vpc] } } } })),
    { code: 'token-not-injected', file, at: 'overrides.shop/dev.values.list', target: 'addons/shop/dev/spoke-1' },
  ],
  [
    'one in the values of a release',
    declared(withAddons({ releases: { releases: { default: { components: { 'cert-manager': { version: '1.0.0', values: vpc } } } } } })),
    { code: 'token-not-injected', file: 'config/addons/releases.ts', at: 'releases.default.components.cert-manager.values.vpc' },
  ],
  [
    'one in a field',
    declared(withComponent({ namespace: `x-${cluster.annotation('aws_vpcid')}` })),
    { code: 'token-not-injected', file, at: 'namespace', message: "no cluster has the annotation 'aws_vpcid'" },
  ],
  [
    'one in a further source, by its name',
    declared(withComponent({ extraSources: { more: { repoURL: 'https://example.com/more', targetRevision: '1', path: cluster.annotation('aws_vpcid') } } })),
    { code: 'token-not-injected', file, at: 'extraSources.more.path' },
  ],
  [
    'one in a patch of its ApplicationSets',
    declared(withComponent({ templatePatch: { metadata: { annotations: vpc } } })),
    { code: 'token-not-injected', file, at: 'templatePatch.metadata.annotations.vpc' },
  ],
  [
    'one from a map in the secret manager, where Git says all',
    declared(withComponent({ values: { id: cluster.annotation('elsewhere') } })),
    { code: 'token-not-injected', file, hint: 'known annotations: aws_vpc_id' },
  ],
  [
    'one that cannot come from anywhere, where Git need not say all',
    { ...withComponent({ values: vpc }), members: { settings: { ...settings, registration: { keys: { server: 'endpoint' } } } } },
    { code: 'token-not-injected', file, message: "no cluster has the annotation 'aws_vpcid'", severity: 'warning' },
  ],
  [
    'a label that no cluster has',
    withComponent({ values: { tenant: cluster.label('tennant') } }),
    { code: 'token-not-injected', file, message: "no cluster has the label 'tennant'", hint: "did you mean 'tenant'?", severity: 'warning' },
  ],
  [
    'a place of annotations that is none',
    withFleet({ annotations: 'here' }),
    { code: 'wrong-type', file: 'config/fleet.ts', at: 'annotations', message: 'the source of annotations cannot be read' },
  ],
];

describe('annotations and labels that components need', () => {
  reportsEach(mistakes);

  test.each<[string, HubContent]>([
    ['from Git', declared(withComponent({ values: { id: cluster.annotation('aws_vpc_id') } }))],
    [
      'from a named key',
      { ...git, ...withComponent({ values: vpc }), members: { settings: { ...settings, registration: { annotationsFrom: { aws_vpcid: 'vpc' } } } } },
    ],
    ['perhaps from the map in the secret manager', withComponent({ values: vpc })],
    ['of a cluster that does not get the component', declared(withComponent({ values: vpc, overrides: { '*': { enabled: false } } }))],
    [
      'that another release of it needs',
      declared(withAddons({ releases: { releases: { ...releases.releases, other: { components: { 'cert-manager': { version: '2.0.0', values: vpc } } } } } })),
    ],
    ['that are labels which are computed', withComponent({ values: { tenant: cluster.label('tenant') } })],
  ])('%s are no mistake', (_, content) => {
    expect(hubProblemsOf(content).filter(({ code }) => code === 'token-not-injected')).toEqual([]);
  });
});
