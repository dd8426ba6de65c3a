import { unset } from '../../../constructs';
import {
  buildHubFleet,
  hub1,
  hubProblemsOf,
  settings,
  smallHubFleet,
  spoke1,
  spoke2,
  withComponent,
  withHub,
  withSettings,
  withSpoke,
} from '../../builders/hub-builder';
import { type Mistake, reportsEach } from './mistake';

const file = 'config/members/settings.ts';
const spoke = 'config/spokes/spoke-1.ts';
const url = 'https://git.example.com/company';
const eu = { aws: { region: 'eu-central-1' } };
const withRepository = (config: object) => withSettings({ repositories: { company: { url, ...config } } });
const withRegistration = (registration: unknown, secretStores?: object) => withSettings({ registration, ...(secretStores ? { secretStores } : {}) });

const keyMistakes: readonly Mistake[] = [
  [
    'a key that is not needed',
    withRepository({ https: { secret: 'x', keys: { user: 'name' } } }),
    {
      code: 'unknown-key',
      file,
      at: 'repositories.company.https.keys.user',
      message: "'https' needs no 'user'",
      expected: 'what is needed, with its key in the entry: username, password',
      hint: 'known keys: username, password',
    },
  ],
  [
    'a misspelt key that is needed',
    withRepository({ https: { secret: 'x', keys: { usrname: 'user' } } }),
    { code: 'unknown-key', file, hint: "did you mean 'username'?" },
  ],
  [
    'a mapping the other way round',
    withRepository({ https: { secret: 'x', keys: { user: 'username' } } }),
    { code: 'unknown-key', file, hint: "the other way round: `keys: { username: 'user' }`" },
  ],
  [
    'a key of an entry that is a number',
    withRepository({ https: { secret: 'x', keys: { username: 5 } } }),
    { code: 'wrong-type', file, at: 'repositories.company.https.keys.username', found: 'the number 5' },
  ],
  ['a key of an entry that is empty', withRepository({ https: { secret: 'x', keys: { username: '' } } }), { code: 'invalid-field', file }],
  [
    'a misspelt part of another entry',
    withRepository({ https: { secret: 'x', keys: { username: { sercet: 'y' } } } }),
    { code: 'unknown-key', file, at: 'repositories.company.https.keys.username.sercet', hint: "did you mean 'secret'?" },
  ],
  [
    'a key that the entry lacks',
    withRepository({ https: { secret: 'team/git', holds: ['user', 'token'], keys: { username: 'user', password: 'tokn' } } }),
    {
      code: 'invalid-field',
      file,
      at: 'repositories.company.https.keys.password',
      message: "the entry 'team/git' has no key 'tokn'",
      expected: 'one of those that `holds` says',
      hint: "did you mean 'token'?",
    },
  ],
  [
    'a key that is needed under our name, which the entry lacks',
    withRepository({ ssh: { secret: 'team/git', holds: ['id_rsa'] } }),
    { code: 'invalid-field', file, at: 'repositories.company.ssh.holds', hint: "say what it calls it: `keys: { sshPrivateKey: '…' }`" },
  ],
  [
    'a strategy that does not exist',
    withRepository({ https: { secret: 'x', decodingStrategy: 'base64' } }),
    {
      code: 'wrong-type',
      file,
      at: 'repositories.company.https.decodingStrategy',
      expected: "'Auto' or 'Base64' or 'Base64URL' or 'None'",
      hint: "did you mean 'Base64'?",
    },
  ],
  ['keys that are held, as text', withRepository({ https: { secret: 'x', holds: 'user' } }), { code: 'wrong-type', file, expected: 'a list of strings' }],
  [
    'a key that registering needs not',
    withRegistration({ keys: { url: 'endpoint' } }),
    {
      code: 'unknown-key',
      file,
      at: 'registration.keys.url',
      message: "the registration of a cluster needs no 'url'",
      expected: expect.stringContaining('server, config, annotations'),
      targets: 3,
    },
  ],
  [
    'an annotation from a key that the entry lacks',
    withRegistration({ holds: ['server', 'config', 'vpc_id'], annotationsFrom: { 'example.com/vpc': 'vpcid' } }),
    {
      code: 'invalid-field',
      file,
      at: 'registration.annotationsFrom.example.com/vpc',
      message: "the entry has no key 'vpcid'",
      hint: "did you mean 'vpc_id'?",
    },
  ],
  [
    'an annotation from no key',
    withRegistration({ annotationsFrom: { 'example.com/vpc': ' ' } }),
    { code: 'invalid-field', file, at: 'registration.annotationsFrom.example.com/vpc' },
  ],
  [
    'an annotation from a list',
    withRegistration({ annotationsFrom: { 'example.com/vpc': ['a'] } }),
    { code: 'wrong-type', file, at: 'registration.annotationsFrom.example.com/vpc', expected: 'a key of the entry' },
  ],
  [
    'an annotation that Kubernetes refuses, from a key',
    withRegistration({ annotationsFrom: { 'a/b/c': 'vpc_id' } }),
    { code: 'invalid-name', file, at: 'registration.annotationsFrom.a/b/c' },
  ],
  ['a label that Kubernetes refuses, from a key', withRegistration({ labelsFrom: { 'my tier': 'tier' } }), { code: 'invalid-name', file }],
  ['a misspelt part of a registration', withRegistration({ annotationFrom: {} }), { code: 'unknown-key', file, hint: "did you mean 'annotationsFrom'?" }],
  [
    'a template in a key',
    withRegistration({ annotationsFrom: { 'example.com/vpc': '{{ .vpc }}' } }),
    { code: 'handwritten-expression', file, at: 'registration.annotationsFrom.example.com/vpc' },
  ],
  [
    'a computed label from a key',
    withRegistration({ labelsFrom: { enable_cert_manager: 'cert' } }),
    { code: 'computed-label', file, at: 'registration.labelsFrom.enable_cert_manager', message: "the label 'enable_cert_manager' is computed" },
  ],
  [
    'a label from a key that would enable a component',
    withRegistration({ labelsFrom: { enable_cert_manger: 'cert' } }),
    { code: 'unknown-component', file, at: 'registration.labelsFrom.enable_cert_manger' },
  ],
  [
    'a label from a key that a selector asks for, in a patch that sits nowhere',
    {
      ...withComponent({ selector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } }),
      ...withSettings({ patches: { p: { rolledOutTo: [], change: { registration: { labelsFrom: { tier: 'tier' } } } } } }),
    },
    {
      code: 'label-source',
      file,
      at: 'patches.p.change.registration.labelsFrom.tier',
      message: "the selector of 'cert-manager' asks for the label 'tier'",
      hint: "write its value as a layer: `labels: { 'tier': '…' }`",
    },
  ],
];

const storeMistakes: readonly Mistake[] = [
  [
    'a store that there is not',
    { ...withSettings({ repositories: { company: { url, https: { secret: 'x', store: 'eo' } } }, secretStores: { eu } }), hubs: { 'hub-1': hub1 }, spokes: {} },
    {
      code: 'secret-store',
      file,
      at: 'repositories.company.https.store',
      message: "the Argo CD of hub-1 has no secret store 'eo'",
      hint: "did you mean 'eu'?",
    },
  ],
  [
    'a store where there is none but one',
    withSpoke({ secret: { secret: 'x', store: 'eu' } }),
    { code: 'secret-store', file: spoke, at: 'secret.store', hint: expect.stringContaining('none but `secretStore`') },
  ],
  [
    'a store of a spoke that its hub has not',
    withSpoke({ registration: { store: 'eu' }, secretStores: { eu } }),
    { code: 'secret-store', file: spoke, at: 'registration.store', message: "the Argo CD of hub-1 has no secret store 'eu'" },
  ],
  [
    'a secret store that is two, among several',
    withSettings({ secretStores: { eu: { ...eu, existing: { name: 'x', kind: 'SecretStore' } } } }),
    { code: 'secret-store', file, at: 'secretStores.eu', found: 'aws and existing' },
  ],
  [
    'a secret store that says nothing, among several',
    withSettings({ secretStores: { eu: {} } }),
    { code: 'secret-store', file, at: 'secretStores.eu', found: 'an empty map' },
  ],
  [
    'a misspelt kind of a secret store, among several',
    withSettings({ secretStores: { eu: { asw: { region: 'x' } } } }),
    { code: 'unknown-key', file, at: 'secretStores.eu.asw', hint: "did you mean 'aws'?" },
  ],
  [
    'a name that no secret store can have',
    withSettings({ secretStores: { EU: eu } }),
    { code: 'invalid-name', file, at: 'secretStores.EU', message: "'EU' cannot name a secret store" },
  ],
  ['secret stores that are a list', withSettings({ secretStores: [] }), { code: 'wrong-type', file, at: 'secretStores', found: 'a list' }],
];

const certificate = { clientCertificate: { secret: 'c' } };

const unread: readonly Mistake[] = [
  [
    'a client certificate alone, for Git',
    withRepository(certificate),
    {
      code: 'invalid-field',
      file,
      at: 'repositories.company.clientCertificate',
      message: "Argo CD does not read 'clientCertificate' of 'company'",
      found: "the type 'git'",
    },
  ],
  [
    'a client certificate beside a key of SSH',
    withRepository({ ssh: { secret: 'x' }, ...certificate }),
    { code: 'invalid-field', file, found: "the type 'git', and `ssh`" },
  ],
  [
    'a client certificate beside a registry of AWS',
    withRepository({ ecr: { region: 'eu-west-1' }, ...certificate }),
    { code: 'invalid-field', file, found: "the type 'helm', and `ecr`" },
  ],
  ['basic auth by force without a user', withRepository({ bearerToken: { secret: 'x' }, forceHttpBasicAuth: true }), { code: 'invalid-field', file }],
  [
    'large files of charts',
    withRepository({ type: 'helm', https: { secret: 'x' }, enableLfs: true }),
    { code: 'invalid-field', file, at: 'repositories.company.enableLfs', expected: 'a Git repository' },
  ],
  [
    'large files below a URL',
    withRepository({ https: { secret: 'x' }, enableLfs: true, scope: 'credential-template' }),
    { code: 'invalid-field', file, at: 'repositories.company.enableLfs', message: "Argo CD does not read 'enableLfs' of a credential template" },
  ],
  [
    'hosts without a proxy, and no proxy',
    withRepository({ https: { secret: 'x' }, noProxy: '.svc' }),
    { code: 'invalid-field', file, at: 'repositories.company.noProxy' },
  ],
  [
    'an identity in Azure that is none',
    withRepository({ azureWorkloadIdentity: false }),
    { code: 'invalid-field', file, at: 'repositories.company.azureWorkloadIdentity', hint: expect.stringContaining('unset') },
  ],
  [
    'images by an identity in Azure',
    withRepository({ azureWorkloadIdentity: true, type: 'oci' }),
    { code: 'invalid-field', file, at: 'repositories.company.type', expected: "'git' or 'helm'" },
  ],
  [
    'two ways and a certificate',
    withRepository({ ssh: { secret: 'x' }, https: { secret: 'x' }, ...certificate }),
    { code: 'wrong-type', file, at: 'repositories.company', found: 'https and ssh' },
  ],
];

describe('a mistake in how entries are read is reported once, with its code and its place:', () => reportsEach(keyMistakes));
describe('a mistake in several stores is reported once, with its code and its place:', () => reportsEach(storeMistakes));
describe('what Argo CD would not read is reported once, with its code and its place:', () => reportsEach(unread));

describe('what is no mistake', () => {
  const stores = { secretStores: { eu } };

  test.each<readonly [string, object]>([
    ['a client certificate beside a user', { https: { secret: 'x' }, ...certificate }],
    ['a client certificate alone, for charts and images', { type: 'helm', ...certificate }],
    ['names of entries and keys that sound like secrets', { https: { secret: 'team/git', keys: { username: 'user', password: 'git_password' } } }],
    ['keys that the entry has, and paths below them', { https: { secret: 'x', holds: ['user', 'git'], keys: { username: 'user', password: 'git.token' } } }],
    ['another entry, of which nobody says what it holds', { https: { secret: 'x', holds: ['username'], keys: { password: { secret: 'y', key: 'z' } } } }],
  ])('%s', (_, config) => {
    expect(hubProblemsOf(withRepository(config))).toEqual([]);
  });

  test('one name of an entry in two stores, and two clusters in one entry, each below a key of its own', () => {
    const spokes = (one: object, two: object) => ({ spokes: { 'spoke-1': { ...spoke1, ...one }, 'spoke-2': { ...spoke1, ...two } } });
    const same = { secret: 'fleet/x' };
    expect(hubProblemsOf({ ...withSettings(stores), ...spokes(same, { secret: { ...same, store: 'eu' } }) })).toEqual([]);
    expect(hubProblemsOf(spokes({ ...same, registration: { property: 'a' } }, { ...same, registration: { property: 'b' } }))).toEqual([]);
    const twice = { secret: { ...same, store: 'eu' } };
    expect(hubProblemsOf({ ...withSettings(stores), ...spokes(twice, twice) })).toMatchObject([{ code: 'duplicate-secret', place: ['secret'] }]);
  });

  test('an Argo CD without a store, where all that it reads is in one with a name', () => {
    const content = { ...withSettings({ secretStore: undefined, registration: { store: 'eu' }, ...stores }) };
    expect(hubProblemsOf(content)).toEqual([]);
    const told = hubProblemsOf({ ...content, ...withHub({ registration: { store: unset } }) });
    expect(told).toEqual([expect.objectContaining({ code: 'secret-store', message: 'a cluster with an Argo CD has no secret store' })]);
  });

  test('a store that nothing is read from is told, once', () => {
    const { warnings } = buildHubFleet({
      ...smallHubFleet,
      ...withSettings({ ...settings, ...stores }),
      spokes: { 'spoke-1': spoke1, 'spoke-2': spoke2 },
    }).synth();
    expect(warnings.filter(({ code }) => code === 'secret-store')).toEqual([
      expect.objectContaining({ severity: 'notice', file, place: ['secretStores', 'eu'], message: "nothing is read from the secret store 'eu'" }),
    ]);
  });
});
