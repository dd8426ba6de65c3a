import fc from 'fast-check';
import { registrationManifest } from '../../constructs/hub/render/registration';
import { repositoryManifests } from '../../constructs/hub/render/repositories';
import { annotationSource, labelSource, sourceText } from '../../constructs/hub/resolve/credentials/annotation-sources';
import type { RepositoryConfig } from '../../constructs/hub/tree/repository-config';
import type { RegistrationRef } from '../../constructs/hub/tree/secret-ref';
import { wayKeys } from '../../layers/shape/credential-shape';
import { buildHubFleet, smallHubFleet, spoke1, spoke2, withSettings } from '../builders/hub-builder';
import { type Managers, madeOf } from './external-secrets';

// biome-ignore lint/suspicious/noExplicitAny: entries of any form are put together here
type Loose = any;

const url = 'https://example.com/company';
const refTo = (store: string | undefined) => ({ name: store === undefined ? 'fleet' : `fleet-${store}`, kind: 'SecretStore' }) as const;

/** Where a value is, as configuration says it. */
const places = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom('user', 'tls.key', 'deep.er.id'),
  fc.record({ secret: fc.constant('other'), key: fc.constantFrom('a', 'b.c') }),
  fc.constantFrom<Loose>({ secret: 'whole' }, { key: 'own' }),
);
const readings = fc.record({ store: fc.constantFrom('eu', undefined), property: fc.constantFrom('argocd', undefined), isMapped: fc.boolean() });

/** Puts a value at a path of keys. */
function put(map: Loose, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) map[key] = value;
  else {
    map[key] ??= {};
    put(map[key], rest, value);
  }
}

/** An entry as it is read, and a manager that holds a text of its own for each value, and something that nobody asks for. */
function entryWith(
  names: readonly string[],
  places: readonly Loose[],
  { store, property, isMapped }: { store?: string | undefined; property?: string | undefined; isMapped: boolean },
) {
  const keys = Object.fromEntries(names.flatMap((name, index) => (places[index] === undefined ? [] : [[name, places[index]]])));
  const entries: Loose = { entry: { unasked: 'secret of somebody else' } };
  const asked = names.map((name) => {
    const said = isMapped ? (keys[name] ?? name) : name;
    const { secret = 'entry', key } = typeof said === 'string' ? { key: said } : said;
    const path = [...(secret === 'entry' && property !== undefined ? [property] : []), ...(key === undefined ? [] : [key])].join('.');
    put(
      entries,
      [secret, ...path.split('.')].filter((part) => part !== ''),
      `value of ${name}`,
    );
    return `${refTo(store).name} ${secret} ${path}`;
  });
  const ref = { secret: 'entry', ...(store === undefined ? {} : { store }), ...(property === undefined ? {} : { property }), ...(isMapped ? { keys } : {}) };
  return { ref, asked, managers: { [refTo(store).name]: entries } as Managers };
}

const ways = fc.constantFrom(...(Object.keys(wayKeys) as (keyof typeof wayKeys)[]));

test('credentials are made of what is named and of nothing else, wherever the secret manager has it', () => {
  fc.assert(
    fc.property(ways, fc.array(places, { minLength: 3, maxLength: 3 }), readings, (way, where, reading) => {
      const names: readonly string[] = wayKeys[way];
      // Two values at one place are one.
      fc.pre(new Set(where.map((one, index) => JSON.stringify(one ?? index))).size === where.length);
      const { ref, asked, managers } = entryWith(names, where, reading);
      const [manifest] = repositoryManifests('x', { url, type: 'git', [way]: ref } as unknown as RepositoryConfig, 'git', refTo, 'argocd');
      const made = madeOf(manifest, managers);
      expect(made.data).toEqual({ type: 'git', url, ...Object.fromEntries(names.map((name) => [name, `value of ${name}`])) });
      expect(made.read).toEqual(reading.isMapped ? asked : [`${refTo(reading.store).name} entry *`]);
    }),
    { numRuns: 200 },
  );
});

test('a cluster is registered by what is named, and lacks no more than its entry does', () => {
  const annotation = fc.constantFrom('example.com/a', 'example.com/b', 'example.com/c');
  const some = fc.dictionary(annotation, fc.constantFrom('vpc_id', 'network.vpc', 'gone'), { maxKeys: 3 });
  fc.assert(
    fc.property(
      some,
      some,
      fc.dictionary(annotation, fc.constant('of Git')),
      fc.array(places, { minLength: 2, maxLength: 2 }),
      readings,
      (annotationsFrom, labelsFrom, annotations, where, reading) => {
        fc.pre(JSON.stringify(where[0] ?? 0) !== JSON.stringify(where[1] ?? 1) && !where.some((one) => one?.secret === undefined && typeof one === 'object'));
        const { ref, managers } = entryWith(['server', 'config'], where, reading);
        const { entry } = managers[refTo(reading.store).name] as { readonly entry: Loose };
        const above = reading.property === undefined ? [] : [reading.property];
        const facts = { vpc_id: 'vpc-1', network: { vpc: 'vpc-2' }, annotations: { 'example.com/a': 'of the map', 'example.com/z': 'z' } };
        for (const [key, value] of Object.entries(facts)) put(entry, [...above, key], value);
        const secret: RegistrationRef = { ...ref, annotationsFrom, labelsFrom } as Loose;
        const registration = { cluster: 's', secret, labels: { tier: 'gold' }, annotations, store: refTo(reading.store), namespace: 'argocd', isLocal: false };
        const made = madeOf(registrationManifest(registration), managers);
        const named = (from: Loose) =>
          Object.fromEntries(Object.entries<Loose>(from).flatMap(([name, key]) => (key === 'gone' ? [] : [[name, key === 'vpc_id' ? 'vpc-1' : 'vpc-2']])));
        const map = reading.isMapped ? {} : { 'example.com/a': 'of the map', 'example.com/z': 'z' };
        expect(made.annotations).toEqual({ ...map, ...named(annotationsFrom), ...annotations });
        expect(made.labels).toEqual({ ...named(labelsFrom), tier: 'gold', 'argocd.argoproj.io/secret-type': 'cluster' });
        expect(made.data).toEqual({ name: 's', server: 'value of server', config: 'value of config' });
        // What is there has a source that says so; what may be there is not said to be nowhere.
        const member = { annotations, ownLabels: {}, secretRef: secret };
        for (const name of Object.keys(made.annotations)) expect(annotationSource(member, name)).toBeDefined();
        for (const name of Object.keys(named(labelsFrom))) expect(labelSource(member, name)).toMatchObject({ from: 'key' });
      },
    ),
  );
});

test('where an annotation comes from can be told', () => {
  const secretRef: RegistrationRef = { secret: 'fleet/s', annotationsFrom: { vpc: 'vpc_id', both: 'x' }, labelsFrom: { account: 'account_id' } };
  const member = { annotations: { region: 'eu', both: 'y' }, ownLabels: { tier: 'gold' }, secretRef };
  const told = (annotation: string, ref = secretRef) => sourceText(annotationSource({ ...member, secretRef: ref }, annotation));
  expect(told('region')).toBe('from Git');
  expect(told('both')).toBe('from Git');
  expect(told('vpc')).toBe("from the key 'vpc_id' of 'fleet/s' in the secret manager");
  expect(told('other')).toBe("perhaps from the map 'annotations' of 'fleet/s' in the secret manager");
  expect(told('other', { ...secretRef, keys: {} })).toBe('from nowhere');
  expect(told('other', { ...secretRef, keys: { annotations: { secret: 'facts' } } })).toBe("perhaps from the map '' of 'facts' in the secret manager");
  expect([labelSource(member, 'tier'), labelSource(member, 'account'), labelSource(member, 'other')]).toEqual([
    { from: 'git', value: 'gold' },
    { from: 'key', secret: 'fleet/s', key: 'account_id' },
    undefined,
  ]);
});

describe('several stores', () => {
  const secretStores = {
    eu: { aws: { region: 'eu-central-1' } },
    vault: { existing: { name: 'vault', kind: 'ClusterSecretStore' } },
    unused: { aws: { region: 'x' } },
  };
  const company = { url, https: { secret: 'fleet/git', store: 'vault' } };
  const output = () =>
    buildHubFleet({
      ...smallHubFleet,
      ...withSettings({ secretStores, repositories: { company } }),
      spokes: {
        'spoke-1': { ...spoke1, secret: { secret: 'fleet/spoke-1', store: 'eu', version: '3' } },
        'spoke-2': { ...spoke2, registration: { store: 'vault' } },
      },
    }).synth();
  const files = () => new Map([...output()].flatMap((folder) => folder.files.map((file) => [`${folder.path}/${file.path}`, file as Loose] as const)));

  test('a hub has all that it says, a spoke those that it reads, and none is rendered that is there already', () => {
    expect([...files().keys()].filter((path) => path.includes('secret-store'))).toEqual([
      'hubs/hub-1/bootstrap/secret-store.yaml',
      'hubs/hub-1/bootstrap/secret-stores/eu.yaml',
      'hubs/hub-1/bootstrap/secret-stores/unused.yaml',
      'spokes/spoke-2/bootstrap/secret-store.yaml',
    ]);
    expect(files().get('hubs/hub-1/bootstrap/secret-stores/eu.yaml')?.document).toMatchObject({
      kind: 'SecretStore',
      metadata: { name: 'fleet-eu', namespace: 'argocd' },
    });
  });

  test('a cluster is read from the one that its file or its layers name, in every Argo CD that knows it', () => {
    const spec = (path: string): Loose => (files() as ReadonlyMap<string, Loose>).get(path).document.spec;
    const { secretStoreRef, dataFrom } = spec('hubs/hub-1/argocd/members/spoke-1.yaml');
    expect(secretStoreRef).toBeUndefined();
    expect(dataFrom).toMatchObject([{ extract: { key: 'fleet/spoke-1', version: '3' }, sourceRef: { storeRef: { name: 'fleet-eu', kind: 'SecretStore' } } }]);
    const vault = [{ sourceRef: { storeRef: { name: 'vault', kind: 'ClusterSecretStore' } } }];
    for (const folder of ['hubs/hub-1', 'spokes/spoke-2'] as const) expect(spec(`${folder}/argocd/members/spoke-2.yaml`).dataFrom).toMatchObject(vault);
    expect(spec('hubs/hub-1/argocd/members/hub-1.yaml').secretStoreRef).toEqual({ name: 'fleet', kind: 'SecretStore' });
    expect(spec('spokes/spoke-2/bootstrap/repositories/company.yaml').secretStoreRef).toEqual({ name: 'vault', kind: 'ClusterSecretStore' });
  });
});

test('what an entry lacks is one message of External Secrets, about the key and the entry', () => {
  const git = { secret: 'team/git', keys: { username: 'user', password: 'token' } };
  const [manifest] = repositoryManifests('x', { url, https: git }, 'git', refTo, 'argocd');
  expect(() => madeOf(manifest, { fleet: { 'team/git': { user: 'x', tokn: 'y' } } })).toThrow("'team/git' in fleet has no key 'token'");
});
