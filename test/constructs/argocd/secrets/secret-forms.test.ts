import fc from 'fast-check';
import { secretLookalikes } from '../../../../constructs/argocd/secrets/secret-lookalikes';
import type { Plain } from '../../../../layers/layer';

/** Put together here, because scanners of repositories would take them for what they look like. */
const text = (...parts: readonly string[]) => parts.join('');
const base64 = (value: string) => Buffer.from(value).toString('base64');
const mixed = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0';
const pem = text('-----BEGIN RSA PRIV', 'ATE KEY-----\nMIIEpAIBAAKCAQEA7bq9\n-----END RSA PRIV', 'ATE KEY-----\n');
const registry = JSON.stringify({ auths: { 'ghcr.io': { username: 'bot', password: 'hunter2', auth: base64('bot:hunter2') } } });

const paths = (value: Plain) => secretLookalikes(value).map(({ path }) => path.join('.'));

test.each<readonly [string, Plain, string]>([
  ['a token in the user part of a URL', { repoURL: `https://${text('ghp', '_', mixed.slice(0, 36))}@github.com/company/fleet` }, 'repoURL'],
  [
    'a token in the user part of a URL, of small letters alone',
    { repoURL: `https://${text('glpat', '-', 'abcdefghijklmnopqrst')}@gitlab.example.com/company/fleet` },
    'repoURL',
  ],
  ['a short token of a known kind in the user part of a URL', { repoURL: `https://${text('ghp', '_', 'abcdef')}@github.com/company/fleet` }, 'repoURL'],
  ['a token of no known shape in the user part of a URL', { repoURL: 'https://k3y4u8s2m1p0@git.example.com/fleet.git' }, 'repoURL'],
  ['a token and no password', { repoURL: `https://${mixed}:@dev.example.com/fleet` }, 'repoURL'],
  ['a token of capitals and digits', { repoURL: 'https://abcdefghijklmnopqrstuvwxyz234567@dev.azure.example/fleet' }, 'repoURL'],
  ['a basic header', { extraArgs: [`Authorization: Basic ${base64('admin:hunter2')}`] }, 'extraArgs.0'],
  ['a basic header by its name', { headers: { Authorization: `Basic ${base64('admin:hunter2')}` } }, 'headers.Authorization'],
  ['a bearer header', { headers: { authorization: 'Bearer hunter2hunter2' } }, 'headers.authorization'],
  ['a bearer header in a text', { script: "curl -H 'Authorization: Bearer s3cr3t-value' https://example.com" }, 'script'],
  ['a bearer header of a list of headers', { headers: [{ name: 'Authorization', value: 'Bearer hunter2hunter2' }] }, 'headers.0.value'],
  ['a bearer token without header', { note: `Bearer ${mixed}` }, 'note'],
  ['a docker config', { '.dockerconfigjson': base64(registry) }, '.dockerconfigjson'],
  ['a docker config as text', { imagePullSecret: { dockerconfigjson: registry } }, 'imagePullSecret.dockerconfigjson'],
  ['a docker config under another name', { file: registry }, 'file'],
  ['a docker config under another name in base64', { file: base64(registry) }, 'file'],
  ['an argument', { args: ['--host=db', '--password=hunter2'] }, 'args.1'],
  ['an argument with quotes', { args: ["--db-password='hunter2'"] }, 'args.0'],
  ['an argument and its value', { args: ['--user', 'sa', '--client-secret', 'hunter2'] }, 'args.3'],
  ['a command line', { command: ['sh', '-c', 'mysqldump --password hunter2 shop'] }, 'command.2'],
  ['a variable in a command', { command: 'export DB_PASS=hunter2; run' }, 'command'],
  ['a Helm setting', { args: ['--set', 'auth.password=hunter2'] }, 'args.1'],
  ['a text of values', { values: 'adminPassword: hunter2' }, 'values'],
  ['a longer text of values', { values: 'web:\n  replicas: 2\n  auth:\n    # of the database\n    adminPassword: "hunter2" # old\n' }, 'values'],
  ['a text of values in a list', { values: 'env:\n  - name: LOG\n    value: debug\n  - name: DB_PASS\n    value: hunter2\n' }, 'values'],
  ['a text in a text', { values: 'config: |\n  [database]\n  password = hunter2\n' }, 'values'],
  ['a JSON text', { values: '{"auth": {"apiKey": "hunter2"}}' }, 'values'],
  ['a map in one line', { values: 'auth: { user: web, password: hunter2 }' }, 'values'],
  ['a file of settings', { 'grafana.ini': '[security]\nadmin_user = admin\nadmin_password = hunter2\n' }, 'grafana.ini'],
  ['a file of variables', { env: 'LOG=debug\nexport API_TOKEN="hunter2"\n' }, 'env'],
  ['a connection string', { dsn: 'Server=db;User Id=sa;Password=hunter2;Encrypt=true' }, 'dsn'],
  ['a connection string of libpq', { dsn: 'host=db user=web password=hunter2 sslmode=disable' }, 'dsn'],
  ['a query', { url: 'https://example.com/hook?channel=a&access_token=hunter2' }, 'url'],
  ['a directive', { conf: 'port 6379\nrequirepass hunter2\n' }, 'conf'],
  ['a line of a .netrc', { netrc: 'machine git.example.com login web password hunter2\n' }, 'netrc'],
  ['a line of a .pgpass', { pgpass: '# shop\ndb.example.com:5432:shop:web:hunter2\n' }, 'pgpass'],
  ['a line of a .pgpass for all', { conf: '*:*:*:web:hunter2' }, 'conf'],
  ['a Secret before other documents', { manifests: 'kind: Secret\nstringData:\n  a: hunter2\n---\nkind: ConfigMap\ndata:\n  b: c\n' }, 'manifests'],
  ['a Secret in lines', { manifests: 'kind: Secret\nstringData: { a: "hunter2" }\n' }, 'manifests'],
  ['a Secret in a line of a list', { manifests: 'items:\n- {apiVersion: v1, kind: Secret, stringData: {a: hunter2}}\n' }, 'manifests'],
  ['a Secret in one line', { manifest: '{apiVersion: v1, kind: Secret, data: {a: aHVudGVyMg==}}' }, 'manifest'],
  ['a .netrc over several lines', { netrc: 'machine git.example.com\n  login web\n  password hunter2\n' }, 'netrc'],
  ['a list of one', { password: ['hunter2'] }, 'password.0'],
  ['a list of several', { passwords: ['x', 'y'] }, 'passwords.0'],
  ['a map of one value', { adminPassword: { value: 'hunter2' } }, 'adminPassword.value'],
  ['a password of digits', { adminPassword: 12345678 }, 'adminPassword'],
  ['a Helm parameter', { parameters: [{ name: 'auth.password', value: 'hunter2', forceString: true }] }, 'parameters.0.value'],
  ['a parameter of a plugin', { parameters: [{ name: 'api-token', string: 'hunter2' }] }, 'parameters.0.string'],
  ['a JSON patch', { patches: [{ op: 'replace', path: '/stringData/password', value: 'hunter2' }] }, 'patches.0.value'],
  ['a PEM block', { tls: { key: pem } }, 'tls.key'],
  ['a PEM block in base64', { tls: { key: base64(pem) } }, 'tls.key'],
  ['a PEM block in wrapped base64', { tls: { key: base64(pem).replace(/.{20}/g, '$&\n') } }, 'tls.key'],
  ['a PEM block in base64 after other text', { tls: { key: base64(`Bag Attributes\n${pem}`) } }, 'tls.key'],
  ['a PEM block in base64 in a text', { values: `tls:\n  key: ${base64(`\n${pem}`)}\n` }, 'values'],
  ['a Secret', { kind: 'Secret', apiVersion: 'v1', data: { any: base64('thing') } }, 'data.any'],
  ['a Secret in plain text', { extra: [{ kind: 'Secret', stringData: { any: 'thing' } }] }, 'extra.0.stringData.any'],
  ['a Secret in a text', { extra: 'apiVersion: v1\nkind: Secret\nstringData:\n  any: thing\n' }, 'extra'],
  ['variables in base64', { binaryData: { blob: base64('DB_PASSWORD=Sup3rS3cretPw') } }, 'binaryData.blob'],
  ['a document in base64', { spec: { configData: base64('password: Sup3rS3cretPw\n') } }, 'spec.configData'],
  ['what a SealedSecret does not seal', { kind: 'SealedSecret', spec: { template: { data: { any: 'thing' } } } }, 'spec.template.data.any'],
  ['an element of XML', { xml: '<server><user>sa</user><password>hunter2</password></server>' }, 'xml'],
  ['an element of XML with attributes', { xml: '<x:y/>\n<db-password type="a">hunter2</db-password>' }, 'xml'],
  ['a user of MySQL', { sql: "CREATE USER 'app'@'%' IDENTIFIED BY 'hunter2';" }, 'sql'],
  ['a user of MySQL with a plugin', { sql: "create user app identified with caching_sha2 by 'hunter2'" }, 'sql'],
  ['a role of PostgreSQL', { sql: "SELECT 1;\nALTER ROLE app WITH LOGIN\n  PASSWORD 'hunter2';" }, 'sql'],
  ['a login of SQL Server', { sql: "CREATE LOGIN app WITH PASSWORD = 'hunter2';" }, 'sql'],
  ['an address of a database in Go', { dsn: 'app:hunter2@tcp(db:3306)/shop' }, 'dsn'],
  ['basic auth', { basicAuth: 'admin:hunter2' }, 'basicAuth'],
])('%s is found', (_, value, path) => {
  expect(paths(value)[0]).toBe(path);
});

test.each<readonly [string, Plain]>([
  ['a variable that is filled in, in base64', { a: base64('DB_PASSWORD=$(DB_PASSWORD)') }],
  ['settings without a secret in base64', { a: base64('DB_HOST=db\nDB_USER=web\nPASSWORD_FILE=/run/x\n') }],
  ['a placeholder in base64', { a: base64('password: changeme\n') }],
  ['templates and placeholders that a SealedSecret does not seal', { kind: 'SealedSecret', spec: { template: { data: { a: '{{ .pw }}', b: 'changeme' } } } }],
  ['what a SealedSecret seals', { kind: 'SealedSecret', spec: { encryptedData: { p: 'AgBy3i4OJSWK' }, template: { metadata: { name: 'x' } } } }],
  ['placeholders in XML', { xml: '<password>$' + '{env.PW}</password><password></password><token>changeme</token><secret>other</secret>' }],
  ['a page', { html: '<label>password</label><p class="token">What a token is</p>' }],
  ['placeholders in SQL', { sql: "CREATE USER app IDENTIFIED BY '$" + "{PW}'; ALTER ROLE x PASSWORD 'changeme';" }],
  ['hashes in SQL', { sql: `ALTER ROLE x PASSWORD 'SCRAM-SHA-256$4096:abc'; ALTER ROLE y PASSWORD 'md5${'0a'.repeat(16)}';` }],
  ['a sentence', { text: "to create a user, say what its password is; the password 'is' asked for, and users are identified by 'name' then" }],
  ['an address that is filled in', { dsn: '$(USER):$(PASSWORD)@tcp(db:3306)/shop' }],
])('%s is none', (_, value) => expect(paths(value)).toEqual([]));

test('long texts that nearly are one take no longer than others', () => {
  const begun = performance.now();
  for (const part of ['<password ', '<a>', "create user '", 'alter role x ', 'password ', ':a', 'identified by ', "grant 'x' "]) {
    expect(paths({ a: `pass create ${part.repeat(100_000)}` })).toEqual([]);
  }
  expect(performance.now() - begun).toBeLessThan(8_000);
});

const names = [
  'webhookSecret',
  'jwtSecret',
  'encryptionKey',
  'signingKey',
  'pass',
  'dbPass',
  'cookieSecret',
  'sessionSecret',
  'hmacKey',
  'masterKey',
  'clientSecret',
  'apiKey',
  'accessKey',
  'privateKey',
  'passphrase',
  'adminPw',
  'bindpw',
  'fernetKey',
  'secretKeyBase',
  'token',
  'secretKey',
  'authToken',
  'password',
];
const spellings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  (name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
  (name) => `web.${name}`,
  (name) => `shop${name.charAt(0).toUpperCase()}${name.slice(1)}`,
];
const secret = fc.stringMatching(/^[A-Z][a-z]{2,5}[0-9]{2,4}[a-z]{2,5}[!#%+~]?$/);

/** Ways to write a name and what it is set to, and where in it that is found. */
const forms: readonly ((name: string, value: string) => readonly [Plain, string])[] = [
  (name, value) => [{ [name]: value }, name],
  (name, value) => [{ [name]: [value] }, `${name}.0`],
  (name, value) => [[{ name, value }], '0.value'],
  (name, value) => [{ args: [`--${name}=${value}`] }, 'args.0'],
  (name, value) => [{ args: [`--${name}`, value] }, 'args.1'],
  (name, value) => [{ values: `a: 1\nweb:\n  ${name}: ${value}\n` }, 'values'],
  (name, value) => [{ values: `web:\n  "${name}": '${value}'\n` }, 'values'],
  (name, value) => [{ values: JSON.stringify({ web: { [name]: value } }) }, 'values'],
  (name, value) => [{ values: `- op: add\n- name: ${name}\n  value: ${value}\n` }, 'values'],
  (name, value) => [{ conf: `[web]\n${name} = ${value}\n` }, 'conf'],
  (name, value) => [{ env: `A=b\n${name}="${value}"\n` }, 'env'],
];

test('a secret is found by its name, however both are written', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...spellings), fc.constantFrom(...forms), secret, (name, spelled, form, value) => {
      const [document, path] = form(spelled(name), value);
      const [found, ...others] = secretLookalikes(document);
      expect(others).toEqual([]);
      expect(found?.path.join('.')).toBe(path);
      expect(found?.why).not.toContain(value);
    }),
    { numRuns: 500 },
  );
});

const harmless: readonly string[] = [
  '',
  '{{ .password }}',
  '$(DB_PASSWORD)',
  `$${'{DB_PASSWORD}'}`,
  '<path:secret/data/shop#password>',
  'vault:secret/data/shop#password',
  'ref+awssecrets://shop/password',
  'ENC[AES256_GCM,data:a1b2,iv:c3d4,tag:e5f6,type:str]',
  'changeme',
  'CHANGE_ME',
  '********',
  '3600s',
  '24h',
  'true',
  'none',
  '/etc/secrets/password',
  'secret/data/shop',
];

test('a name by which nothing secret is set is none, however both are written', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...spellings),
      fc.constantFrom(...forms),
      fc.constantFrom(...harmless),
      (name, spelled, form, value) => {
        expect(paths(form(spelled(name), value)[0])).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

/** Maps whose values are names of entries, in a secret that is somewhere else. */
const entryMaps: readonly ((entries: Plain) => Plain)[] = [
  (secretKeys) => ({ existingSecret: 'shop-db', secretKeys }),
  (existingSecretKeys) => ({ existingSecretKeys }),
  (keys) => ({ secretRef: { name: 'shop-db', keys } }),
  (keys) => ({ existingSecret: 'shop-db', keys }),
  (keys) => ({ secretName: 'shop-db', keys }),
  (mapping) => ({ secretKeyMapping: mapping }),
  (secretKeyNames) => ({ secretKeyNames }),
  (secretKeyRefs) => ({ userSecretKeyRefs: secretKeyRefs }),
  (encryptedData) => ({ kind: 'SealedSecret', spec: { encryptedData } }),
  (entries) => ({ valueFrom: { secretKeyRef: entries } }),
  (secretKeys) => ({
    values: `auth:\n  existingSecret: shop-db\n  secretKeys:\n${Object.entries(secretKeys as object)
      .map(([key, value]) => `    ${key}: ${value}\n`)
      .join('')}`,
  }),
  (secretKeys) => ({ values: JSON.stringify({ auth: { secretKeys } }) }),
];

test('names of entries are none, however the map is called', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...spellings),
      fc.constantFrom(...entryMaps),
      fc.constantFrom('mysql-password', 'relay1', 'Token1'),
      (name, spelled, map, value) => {
        expect(paths(map({ [spelled(name)]: value }))).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

test('what is a secret by its shape is found below names of entries too', () => {
  const value = text('ghp', '_', mixed.slice(0, 36));
  expect(paths({ secretKeys: { password: value } })).toEqual(['secretKeys.password']);
});

const sops = `db:
    password: ENC[AES256_GCM,data:Tr7o1,iv:1vT4,tag:b5Yx,type:str]
    token: ENC[AES256_GCM,data:p0Qd,iv:9aS3,tag:c6Wd,type:str]
sops:
    kms: []
    age:
        - recipient: age1yt3tfqlfrwdwx0z0ynwplcr6qxcxfaqycuprpmy89nr83ltx74tqdpszlw
          enc: |
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBBYkNkRWZHaElqS2xNbk9w
            -----END AGE ENCRYPTED FILE-----
    lastmodified: "2026-01-01T00:00:00Z"
    mac: ENC[AES256_GCM,data:Xq2,iv:aa,tag:bb,type:str]
`;

test.each<readonly [string, Plain]>([
  ['a document of SOPS', { values: sops }],
  ['a document of SOPS below a name', { secretKey: sops, password: sops }],
  [
    'an ExternalSecret',
    {
      kind: 'ExternalSecret',
      spec: {
        target: { template: { data: { password: '{{ .password }}' } } },
        data: [{ secretKey: 'password', remoteRef: { key: 'shop', property: 'password' } }],
      },
    },
  ],
  [
    'the same in a text',
    {
      extra:
        'kind: ExternalSecret\nspec:\n  target:\n    template:\n      data:\n        password: "{{ .password }}"\n  data:\n    - secretKey: password\n      remoteRef:\n        key: shop\n',
    },
  ],
  ['an environment by reference', { env: [{ name: 'DB_PASS', valueFrom: { secretKeyRef: { name: 'db', key: 'pass' } } }] }],
  [
    'names of Secrets',
    {
      webhookSecret: 'github-webhook',
      tlsSecret: 'web-tls',
      jwtSecret: 'web-jwt',
      imagePullSecrets: [{ name: 'registry' }],
      secret: 'shop-db',
      tokenName: 'web',
      secretName: 'x',
    },
  ],
  [
    'keys and files of passwords',
    {
      passwordKey: 'pw',
      userPasswordKey: 'pw',
      passwordFile: 'a.txt',
      passwordSecretName: 'x',
      tokenPath: 'token',
      passwordSecretRef: { name: 'a', key: 'password' },
    },
  ],
  [
    'settings of tokens',
    { tokenTTL: 3600, tokenTtl: '3600', automountServiceAccountToken: true, token: 4096, maxTokens: '4096', passwordMinLength: 12, minPassword: 8 },
  ],
  ['settings in a text', { conf: 'token_ttl = 3600\npassword_min_length: 12\nid-token: write\nallow_empty_password=yes\nMYSQL_ALLOW_EMPTY_PASSWORD=1\n' }],
  [
    'arguments that name files',
    { args: ['--password-file=/etc/pw', '--token-file', '/var/token', '--token', '$(TOKEN)', '--password', '--verbose', '--kms-key=alias/fleet'] },
  ],
  [
    'annotations of a vault',
    { 'vault.hashicorp.com/agent-inject-secret-password': 'secret/data/shop', 'nginx.ingress.kubernetes.io/auth-secret': 'basic-auth' },
  ],
  [
    'headers without credentials',
    {
      headers: ['Authorization: Bearer $(TOKEN)', 'Authorization: Bearer {{ .token }}', 'Authorization: Bearer <token>', 'authorization: enabled'],
      note: 'Basic authentication and bearer tokens',
    },
  ],
  [
    'user names in URLs',
    {
      urls: [
        'https://git@github.com/x',
        'https://my-organization-2@dev.azure.com/x',
        'ssh://git@example.com/x',
        'https://user@example.com',
        'oci://ghcr.io/a@sha256:abc',
      ],
    },
  ],
  [
    'public keys and certificates',
    {
      ca: base64('-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE\n-----END CERTIFICATE-----\n'),
      key: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n-----END PUBLIC KEY-----',
      sshKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx ops@example.com',
    },
  ],
  ['digests', { image: 'web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', checksum: '9f86d081884c7d659a2feaa0c55ad015' }],
  [
    'keys of KMS',
    { encryptionKey: 'arn:aws:kms:eu-west-1:1:key/x', signingKey: 'alias/fleet', kms: { encryptionKey: '1234abcd-12ab-34cd-56ef-1234567890ab' } },
  ],
  [
    'a Secret with nothing secret in it',
    { kind: 'Secret', apiVersion: 'v1', stringData: { type: 'git', url: 'https://example.com/x.git', username: 'web', 'ca.crt': 'x', password: '$PASSWORD' } },
  ],
  [
    'a Secret of the cluster that Argo CD runs in',
    { kind: 'Secret', apiVersion: 'v1', stringData: { name: 'in-cluster', server: 'https://kubernetes.default.svc' } },
  ],
  ['a Secret that SOPS encrypted', { kind: 'Secret', apiVersion: 'v1', data: { any: 'ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]' } }],
  ['another kind that ends alike', { kind: 'SecretStore', data: { any: 'thing' } }],
  ['words beside each other', { note: 'password reset\nThe machine has a login page:\npassword policy\n' }],
  ['sentences', { note: 'Set a password: it must be long. The token is rotated', description: 'Passwords are in the secret manager.' }],
  ['code', { script: 'const token = getToken();\npassword = form.password\nif (token == other) {}\nkw(password=password, api_key=cfg.api_key)\n' }],
  ['legends and queries', { expr: 'sum(rate(tokens_total{job="web"}[5m])) by (token)', legendFormat: '{{token}}' }],
  ['an argon policy', { 'policy.csv': 'p, role:dev, applications, sync, */*, allow\ng, team, role:dev\n' }],
  ['entries of another kind beside the name of a Secret', { manifest: 'kind: ConfigMap\ndata: { a: hunter2 }\nref: { kind: Secret, name: x }\n' }],
  ['five numbers, and an address with a port', { ranges: '10:20:30:40:50', upstream: 'web.example.com:8080' }],
  ['a .pgpass without a password', { pgpass: 'db.example.com:5432:shop:web:$PGPASSWORD\n' }],
])('%s: none', (_, value) => {
  expect(paths(value)).toEqual([]);
});

test('what a text is, and is not, does not depend on what was searched before', () => {
  const shared = Object.freeze({ password: 'mysql-password' });
  expect(paths({ secretKeys: shared })).toEqual([]);
  expect(paths({ auth: shared })).toEqual(['auth.password']);
  expect(paths({ secretKeys: shared })).toEqual([]);
});

test('long texts and deep values are looked through in a moment', () => {
  const deep = Array.from({ length: 2_000 }).reduce<Plain>((inner) => ({ a: inner }), 'x');
  const nested = `${'a: '.repeat(5_000)}b`;
  const indented = Array.from({ length: 2_000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n');
  for (const value of [
    deep,
    nested,
    indented,
    '- '.repeat(20_000),
    '"auths":{'.repeat(20_000),
    'machine a login b '.repeat(20_000),
    `${'\n'.repeat(50_000)}a: b`,
    'authorization: '.repeat(20_000),
  ]) {
    expect(paths({ value })).toEqual([]);
  }
});
