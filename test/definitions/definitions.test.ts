import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fleetFromConfig } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { buildHubFleet, withSettings } from '../builders/hub-builder';
import { withRendered } from '../helm/helm';
import { interpret } from '../hub/argo-cd';
import { renderedExample } from '../hub/rendered-example';
import { isLongForm } from '../runs';
import { examples } from '../workspaces/workspace';
import { checkObjects } from './check-objects';
import { fieldsSinceText, tableFile } from './fields-since';
import { type AppliedObject, objectsIn } from './objects';
import { type DefinitionSet, definitionSets } from './sets';
import { argoCD, externalSecrets } from './versions';

const isThere = (program: string) => spawnSync(program, ['version']).status === 0;
const canRun = isLongForm && (Boolean(process.env.CI) || (isThere('go') && isThere('helm')));
const describeDefinitions = canRun ? describe : describe.skip;

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind are changed here
type Loose = any;

describeDefinitions('the definitions of every supported version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-definitions-'));
  let sets: readonly DefinitionSet[];
  const objectsOf = (config: string) => withRendered(fleetFromConfig(readConfig(config)), objectsIn);

  beforeAll(() => {
    sets = definitionSets(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.entries(examples))(
    'take everything that is rendered of the example %s, keep all of it, and add nothing that Argo CD would take away',
    (name, config) => {
      const { checked, findings } = checkObjects(sets, objectsOf(config));
      expect(findings).toEqual([]);
      for (const version of argoCD.versions) expect(checked[`${argoCD.name} ${version}`]).toBeGreaterThan(25);
      if (name === 'hub') for (const version of externalSecrets.versions) expect(checked[`${externalSecrets.name} ${version}`]).toBeGreaterThan(20);
    },
  );

  test('take credentials of every kind, and stores', () => {
    const url = 'https://git.example.com/shop';
    const role = 'arn:aws:iam::123456789012:role/fleet';
    const repositories = {
      app: { url: `${url}/app`, scope: 'credential-template', githubApp: { secret: 'fleet/app', enterpriseUrl: 'https://git.example.com/api/v3' } },
      https: { url: `${url}/https`, project: 'default', proxy: 'http://proxy.example.com', https: { secret: 'fleet/https' } },
      ssh: { url: 'git@git.example.com:shop/ssh.git', insecure: true, ssh: { secret: 'fleet/ssh' } },
      helm: { url: 'https://charts.example.com/private', type: 'helm', https: { secret: 'fleet/helm' } },
      oci: { url: 'oci://registry.example.com/web', type: 'oci', https: { secret: 'fleet/oci' } },
      ecr: { url: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', ecr: { region: 'eu-west-1', role, serviceAccount: 'external-secrets' } },
      token: { url: `${url}/token`, bearerToken: { secret: 'fleet/token', property: 'git', version: '1', decodingStrategy: 'Base64' } },
      google: { url: `${url}/google`, gcpServiceAccount: { secret: 'fleet/google', keys: { gcpServiceAccountKey: {} } } },
      azure: { url: `${url}/azure`, azureWorkloadIdentity: true },
      certificate: {
        url: `${url}/certificate`,
        https: { secret: 'fleet/user', keys: { username: 'user', password: { secret: 'fleet/password', version: '2' } } },
        clientCertificate: { secret: 'fleet/certificate', store: 'other' },
      },
    };
    const secretStores = { other: { aws: { region: 'eu-central-1', role } } };
    const registrations = [
      { annotationsFrom: { 'example.com/vpc': 'vpc_id' }, labelsFrom: { 'example.com/account': 'account.id' } },
      { store: 'other', property: 'argocd', keys: { server: 'endpoint', config: { secret: 'config' }, annotations: 'tags' }, decodingStrategy: 'Auto' },
    ];
    const stores = [
      { aws: { region: 'eu-west-1', role, serviceAccount: 'external-secrets' } },
      { provider: { vault: { server: 'https://vault.example.com', auth: { kubernetes: { mountPath: 'kubernetes', role: 'fleet' } } } } },
      { provider: { gcpsm: { projectID: 'fleet' } } },
      { existing: { name: 'company', kind: 'ClusterSecretStore' } },
    ];
    for (const [index, secretStore] of stores.entries()) {
      const registration = registrations[index];
      const settings = withSettings({ repositories, secretStore, secretStores, ...(registration ? { registration } : {}) });
      const { checked, findings } = checkObjects(sets, withRendered(buildHubFleet(settings), objectsIn));
      expect(findings).toEqual([]);
      // Of the hub and of the spoke that has an Argo CD, and the clusters.
      expect(checked[`${externalSecrets.name} v0.16.2`]).toBeGreaterThan(14);
    }
  });

  test('take every Application that the ApplicationSets of hubs and spokes make', () => {
    const { applications } = interpret(renderedExample());
    const objects = applications.map(({ argoCD: hub, name, metadata, spec }) => ({
      name: `${name} of ${hub}`,
      object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { ...metadata, namespace: 'argocd' }, spec },
      ignored: [],
    }));
    const { checked, findings } = checkObjects(sets, objects);
    expect(findings).toEqual([]);
    expect(checked['Argo CD v3.2.0']).toBe(applications.length);
  });

  test('say what they refuse, drop and add', () => {
    const objects = objectsOf(examples.hub);
    const registration = objects.find(({ object }) => object.metadata.name === 'cluster-tenant1-dev-workload1') as AppliedObject;
    const root = objects.find(({ object }) => object.kind === 'Application') as AppliedObject;
    const changed = ({ object, ignored }: AppliedObject, name: string, change: (object: Loose) => void): AppliedObject => {
      const copy = structuredClone(object);
      change(copy);
      return { name, object: copy, ignored };
    };
    const said = (name: string, object: AppliedObject) => {
      const { checked, findings } = checkObjects(
        sets.filter((set) => set.name === name),
        [object],
      );
      expect(checked).toEqual({ [name]: 1 });
      return findings[0];
    };
    const [oldest, later] = ['External Secrets v0.16.2', 'External Secrets 2.3'];

    const ofOld = changed(registration, 'a default that is not said', ({ spec }) => delete spec.dataFrom[0].extract.metadataPolicy);
    expect(said(oldest, ofOld)?.drift).toContain('"conversionStrategy":"Default"');
    expect(
      said(
        oldest,
        changed(registration, 'hours', ({ spec }) => (spec.refreshInterval = '1h')),
      )?.drift,
    ).toBe('{"spec":{"refreshInterval":"1h"}}');
    expect(said(later, { ...registration, ignored: [] })?.drift).toContain('"dataFrom":');
    expect(said(later, { ...registration, ignored: [] })?.drift).toContain('"templateFrom":');
    const ofLater = changed(registration, 'what is later', ({ spec }) => (spec.dataFrom[0].extract.nullBytePolicy = 'Ignore'));
    expect(said(oldest, ofLater)?.unknown).toEqual(['spec.dataFrom[0].extract.nullBytePolicy']);

    const tagPrefix = changed(root, 'a tag prefix', ({ spec }) => (spec.sources[0].tagPrefix = 'x'));
    expect(said('Argo CD v3.4.0', tagPrefix)).toMatchObject({ unknown: ['spec.sources[0].tagPrefix'] });
    expect(said('Argo CD v3.5.0', tagPrefix)).toBeUndefined();
    expect(
      said(
        'Argo CD v3.2.0',
        changed(root, 'no project', ({ spec }) => delete spec.project),
      )?.errors,
    ).toEqual(['spec.project: Required value']);
    const wrong = changed(root, 'a text for a number', ({ spec }) => (spec.syncPolicy.retry.limit = 'x'));
    expect(said('Argo CD v3.6.1', wrong)?.errors?.[0]).toContain('must be of type integer');

    // A rule in CEL.
    const store = objects.find(({ object }) => object.kind === 'SecretStore') as AppliedObject;
    const both = changed(store, 'two ways', ({ spec }) => {
      const oidcConfig = { identity: 'x', serviceAccountRef: { name: 'x' } };
      spec.provider = { doppler: { auth: { secretRef: { dopplerToken: { name: 'x' } }, oidcConfig } } };
    });
    expect(said('External Secrets v1.3.2', both)?.errors?.join()).toContain("Exactly one of 'secretRef' or 'oidcConfig' must be specified");
  });

  test('make the table of fields that came with each version of Argo CD', () => {
    const table = (text: string) => text.replace(/[\s,]+/g, '');
    expect(table(readFileSync(tableFile, 'utf8'))).toBe(table(fieldsSinceText()));
  });
});
