import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import * as argoproj from '../../imports/argoproj.io';
import * as externalSecrets from '../../imports/external-secrets.io';
import * as generators from '../../imports/generators.external-secrets.io';
import { longTest } from '../long-test';

const imports = join(__dirname, '../../imports');

longTest('what is generated is what the generator makes of the schemas and descriptions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-imports-'));
  try {
    execFileSync(process.execPath, [join(imports, 'generate.mjs'), '--into', folder]);
    const made = readdirSync(folder);
    expect(made).toEqual(readdirSync(imports).filter((file) => /\.(ts|js|json)$/.test(file)));
    for (const file of made)
      expect({ file, same: readFileSync(join(folder, file), 'utf8') === readFileSync(join(imports, file), 'utf8') }).toEqual({ file, same: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('there is a construct for each kind, which says what it was given and nothing else', () => {
  const classes = Object.entries({ ...argoproj, ...externalSecrets, ...generators });
  expect(classes.map(([name]) => name)).toEqual([
    'AppProject',
    'Application',
    'ApplicationSet',
    'ClusterSecretStore',
    'ExternalSecret',
    'SecretStore',
    'ECRAuthorizationToken',
  ]);
  for (const [kind, Kind] of classes) {
    const chart = Testing.chart();
    const props = { metadata: { name: 'x' }, spec: { field: [{ notKnown: 'x' }] } as never };
    new Kind(chart, 'x', props);
    expect(Testing.synth(chart)).toEqual([Kind.manifest(props)]);
    expect(Kind.manifest(props)).toEqual({ apiVersion: Kind.GVK.apiVersion, kind, ...props });
  }
});
