import fc from 'fast-check';
import { secretLookalikes } from '../../../../constructs/argocd/secrets/secret-lookalikes';
import { cluster } from '../../../../constructs/tree/cluster';
import type { Plain } from '../../../../layers/layer';

/** Put together here, because scanners of repositories would take them for what they look like. */
const text = (...parts: readonly string[]) => parts.join('');
const mixed = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0';
const upper = 'QWERTYUIOPASDF23';
const keyBegins = text('-----BEGIN RSA PRIV', 'ATE KEY-----');
const jwt = text('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0NSJ9', '.c2lnbmF0dXJlLXNpZ25hdHVyZQ');

function whys(value: Plain): readonly string[] {
  return secretLookalikes(value).map(({ why }) => why);
}

test.each([
  ['a private key', `${keyBegins}\nMIIEpAIBAAKCAQEA\n`],
  ['a private key', text('-----BEGIN OPENSSH PRIV', 'ATE KEY-----\\nb3BlbnNzaA')],
  ['a private key', text('-----BEGIN PGP PRIV', 'ATE KEY BLOCK-----')],
  ['a private key in base64', Buffer.from(`${keyBegins}\nMIIEpAIBAAKCAQEA`).toString('base64')],
  ['a private key in base64', Buffer.from(text('-----BEGIN PRIV', 'ATE KEY-----\nMIIE')).toString('base64')],
  ['an age key', text('AGE-SECRET', '-KEY-1', upper, upper, upper, upper)],
  ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((prefix) => ['a GitHub token', `${prefix}_${mixed.slice(0, 36)}`]),
  ['a GitHub token', text('github', '_pat_', mixed, '_', mixed)],
  ['a GitLab token', text('glpat', '-', mixed.slice(0, 20))],
  ['a Slack token', text('xoxb', '-123456789012-', mixed.slice(0, 24))],
  ['a Slack webhook', text('https://hooks.slack', '.com/services/T01234567/B01234567/', mixed.slice(0, 24))],
  ['an access key of AWS', text('AKIA', upper)],
  ['an access key of AWS', text('aws_access_key_id = ASIA', upper, '\n')],
  ['a JSON web token', jwt],
  ['a JSON web token', `Bearer ${jwt}`],
  ['an API key of Google', text('AIza', mixed.slice(0, 35))],
  ['an npm token', text('npm', '_', mixed.slice(0, 36))],
  ['a Vault token', text('hvs', '.', mixed.slice(0, 24))],
  ['a Grafana token', text('glsa', '_', mixed.slice(0, 32), '_1a2b3c4d')],
  ['a Stripe key', text('sk', '_live_', mixed.slice(0, 24))],
  ['a SendGrid key', text('SG', '.', mixed.slice(0, 22), '.', mixed, 'abc')],
  ['a Docker Hub token', text('dckr', '_pat_', mixed.slice(0, 27))],
  ['a URL with a password in it', 'https://fleet:correct-horse@git.example.com/fleet.git'],
  ['a URL with a password in it', 'postgresql://:hunter2@db.example.com:5432/x'],
  ['a URL with a password in it', 'connects to redis://user:pa$$@10.0.0.1:6379'],
])('%s is found by its shape', (why, value) => {
  expect(whys({ setting: value })).toEqual([why]);
  expect(whys([`a: 1\nb: ${value}\nc: 3`])).toEqual([why]);
  expect(whys(value)).toEqual([why]);
});

test.each([
  'password',
  'adminPassword',
  'admin_password',
  'ADMIN_PASSWORD',
  'admin-password',
  'grafana.admin.password',
  'password2',
  'rootpassword',
  'dbPasswd',
  'keyPassphrase',
  'token',
  'api_token',
  'botToken',
  'GITHUB_TOKEN',
  'clientSecret',
  'client_secret',
  'clientsecret',
  'secretKey',
  'AWS_SECRET_ACCESS_KEY',
  'privateKey',
  'apiKey',
  'APIKey',
  'datadog-api-key',
  'accessKey',
])("a literal at '%s' is found by its name", (key) => {
  expect(secretLookalikes({ [key]: 'hunter2' })).toEqual([{ path: [key], why: expect.stringContaining(', by its name') }]);
});

test.each<readonly [string, Plain]>([
  ['existingSecret', 'grafana'],
  ['existingSecretKey', 'hunter2'],
  ['auth.existingSecretPassword', 'grafana'],
  ['passwordSecretRef', 'grafana'],
  ['secretName', 'grafana-password'],
  ['tokenPath', 'token'],
  ['passwordFile', 'password.txt'],
  ['passwordKey', 'password'],
  ['tokenSecretName', 'token'],
  ['tokenUrl', 'https://example.com/oauth/token'],
  ['accessKeyId', 'fleet'],
  ['automountServiceAccountToken', true],
  ['token', 4096],
  ['token', null],
  ['token', 'false'],
  ['password', ''],
  ['password', ' '],
  ['password', { secretKeyRef: { name: 'grafana', key: 'password' } }],
  ['secretKey', 'client-secret'],
  ['secretKey', 'DATABASE_URL'],
  ['secretKey', 'password'],
  ['privateKey', 'tls.key'],
  ['privateKey', '/etc/tls/tls.key'],
  ['token', '/var/run/secrets/kubernetes.io/serviceaccount/token'],
  ['token', './token'],
  ['password', `$${'{DB_PASSWORD}'}`],
  ['password', '$DB_PASSWORD'],
  ['password', '$(DB_PASSWORD)'],
  ['password', '$__env{DB_PASSWORD}'],
  ['password', '$__file{/etc/secrets/password}'],
  ['clientSecret', '$oidc.okta.clientSecret'],
  ['clientSecret', '$oidc-secret:client'],
  ['password', '{{ .password }}'],
  ['password', 'x-{{ .password }}'],
  ['password', '%(GF_PASSWORD)s'],
  ['password', '<path:secret/data/grafana#password>'],
  ['password', '<your password>'],
  ['password', 'vault:secret/data/grafana#password'],
  ['password', 'ref+awssecrets://grafana/password'],
  ['password', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:grafana-a1b2c3'],
  ['password', 'op://fleet/grafana/password'],
  ['password', 'projects/fleet/secrets/grafana/versions/latest'],
  ['password', 'ENC[AES256_GCM,data:a1b2,iv:c3d4,type:str]'],
  ['password', 'changeme'],
  ['password', 'CHANGE_ME'],
  ['password', 'REPLACE-ME!'],
  ['password', '********'],
  ['password', 'xxxx'],
  ['password', `x-${cluster.name}`],
  ['appSecretKey', 'appsecret'],
  ['token', '__REPLACED_BY_ENV__'],
  ['token', 'SECRET[backend.splunk_token]'],
  ['regex', 'token: .*'],
  ['url', `https://user:$${'{PASSWORD}'}@example.com`],
  ['url', 'https://user:<password>@example.com'],
  ['url', 'https://user:{{ .password }}@example.com'],
  ['url', 'https://git@example.com:8443/fleet.git'],
  ['url', 'ssh://git@example.com:22/fleet.git'],
  ['url', 'git@github.com:company/fleet.git'],
  ['url', 'https://example.com:8443/@scope/package'],
  ['url', 'https://example.com:8443?user=a@b.example'],
  ['image', 'registry.example.com:5000/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['caBundle', Buffer.from('-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE\n-----END CERTIFICATE-----').toString('base64')],
  ['publicKey', '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n-----END PUBLIC KEY-----'],
  ['note', text('ghp', '_', 'x'.repeat(36))],
  ['note', 'AKIAIOSFODNN7EXAMPLE'],
  ['note', 'the SG. of the xox, gl-and npm_config_registry'],
])('%s: %j is none', (key, value) => {
  expect(secretLookalikes({ [key]: value })).toEqual([]);
});

test('a placeholder hides nothing that stands behind it', () => {
  expect(whys({ hosts: 'https://a:<password>@example.com,https://b:hunter2@example.com' })).toEqual(['a URL with a password in it']);
  expect(whys({ note: text('ghp', '_', 'x'.repeat(36), ' ghp', '_', mixed.slice(0, 36)) })).toEqual(['a GitHub token']);
});

test('the value of a variable is named by the variable', () => {
  const env: Plain = [
    { name: 'LOG_LEVEL', value: 'debug' },
    { name: 'ADMIN_PASSWORD', value: 'hunter2' },
    { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'web', key: 'token' } } },
  ];
  expect(secretLookalikes({ env })).toEqual([{ path: ['env', '1', 'value'], why: 'a password, by its name' }]);
});

test('a `secretKey` beside what names a secret is the key of an entry', () => {
  expect(whys({ data: [{ secretKey: 'relay1', remoteRef: { key: 'smtp' } }] })).toEqual([]);
  expect(whys({ smtp: { secretName: 'smtp', secretKey: 'relay1' } })).toEqual([]);
  expect(whys({ smtp: { host: 'smtp', secretKey: 'relay1' } })).toEqual(['a secret key, by its name']);
});

test('everything is found, each once, with its path', () => {
  const value = { grafana: { adminPassword: 'hunter2', token: jwt, smtp: [{ passwd: 'x' }] }, users: ['a', text('npm', '_', mixed.slice(0, 36))] };
  expect(secretLookalikes(value, ['values'])).toEqual([
    { path: ['values', 'grafana', 'adminPassword'], why: 'a password, by its name' },
    { path: ['values', 'grafana', 'token'], why: 'a JSON web token' },
    { path: ['values', 'grafana', 'smtp', '0', 'passwd'], why: 'a password, by its name' },
    { path: ['values', 'users', '1'], why: 'an npm token' },
  ]);
});

test('a string alone is named by the last key of its path', () => {
  expect(secretLookalikes('hunter2', ['grafana', 'adminPassword'])).toEqual([{ path: ['grafana', 'adminPassword'], why: 'a password, by its name' }]);
  expect(secretLookalikes('hunter2')).toEqual([]);
});

test('a branch that stands in two places is found in both', () => {
  const shared = Object.freeze({ auth: Object.freeze({ password: 'hunter2' }) });
  expect(secretLookalikes(shared).map(({ path }) => path)).toEqual([['auth', 'password']]);
  expect(secretLookalikes({ a: shared, b: [shared] }, ['x']).map(({ path }) => path)).toEqual([
    ['x', 'a', 'auth', 'password'],
    ['x', 'b', '0', 'auth', 'password'],
  ]);
});

test('a map that changes is looked at again', () => {
  const value: { [key: string]: string } = { password: 'hunter2' };
  expect(whys(value)).toHaveLength(1);
  value.password = '';
  expect(whys(value)).toEqual([]);
});

/** Chance says `pw` now and then. */
const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((letters) => !/pw|pass|token|secret|apikey|sas/.test(letters));
const harmless = fc.oneof(
  word,
  fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')),
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('-')),
  fc.tuple(word, word, fc.nat()).map(([host, path, port]) => `https://${host}.example.com:${port}/${path}`),
  fc.uuid(),
  fc.stringMatching(/^[0-9a-f]{64}$/),
  fc.stringMatching(/^[A-Za-z0-9+/]{88}==$/),
  fc.ipV4(),
  fc.emailAddress(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const values = fc.letrec<{ readonly value: Plain }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, harmless, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(word, tie('value'), { maxKeys: 5 })),
})).value;

test('harmless words are never taken for secrets', () => {
  fc.assert(fc.property(values, (value) => expect(secretLookalikes(value)).toEqual([])));
});

/** Values with one secret somewhere, and where. */
const hidden = fc.tuple(
  fc.array(word, { maxLength: 4 }),
  values,
  fc.stringMatching(/^[a-z0-9]{12,20}[A-Z]$/),
  fc.constantFrom('adminPassword', 'API_TOKEN', 'apiKey'),
);

test('a secret is found wherever it is, and never repeated', () => {
  fc.assert(
    fc.property(hidden, ([keys, beside, secret, name]) => {
      const value = keys.reduceRight<Plain>((inner, key) => ({ [key]: inner, other: beside }), { [name]: secret });
      const found = secretLookalikes(value).filter(({ path }) => path.at(-1) === name);
      expect(found).toEqual([{ path: [...keys, name], why: expect.not.stringContaining(secret) }]);
    }),
  );
});

test.each(['a', 'aA1+/', '/a', 'a-', '1s', 'a.b/', '= ', '{{ a'])('a text of megabytes is looked through, whatever it is made of: %j', (part) => {
  const long = part.repeat(8_000_000 / part.length);
  for (const value of [long, `${long}==`, `-----BEGIN ${long}`]) secretLookalikes({ password: value, other: value, data: { 'x.conf': `a = ${value}\n` } });
  const found = secretLookalikes({ other: { long, password: 'hunter2hunter2' } });
  expect(found.map(({ path }) => path.join('.'))).toEqual(['other.password']);
});
