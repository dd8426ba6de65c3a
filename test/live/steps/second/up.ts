import { generateKeyPairSync } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../claims';
import { example, exampleFolder, hubName, type Second, spokes } from './second';

const names = [hubName, ...Object.values(spokes)];

/** What this world asks whoever reads: the token of a GitHub App's installation, and what ECR hands out. */
export const credentials = { 'github.com/company/': 'x-access-token:ghs_world', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/': 'AWS:world' };

export const up: Step<Second> = {
  name: 'up',
  title: 'seven API servers, a secret manager, and the example in Git',
  claims: [
    {
      says: 'The example renders and is in Git, as `fleet synth` writes it',
      prove: async (topology) => {
        const { fleet } = topology;
        await fleet.create();
        for (const folder of ['charts', 'config', 'imports']) cpSync(join(exampleFolder, folder), fleet.path(`${example}/${folder}`), { recursive: true });
        await topology.merge('Begin with the example');
      },
    },
    {
      says: 'Seven API servers serve, and the secret manager has what the documents say of each',
      prove: async (topology) => {
        for (const name of names) {
          await topology.lab.cluster(name);
          topology.giveSecret(name);
        }
        const { privateKey } = generateKeyPairSync('rsa', {
          modulusLength: 2048,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
        });
        topology.give('fleet/github-app', { githubAppID: '1', githubAppInstallationID: '2', githubAppPrivateKey: privateKey });
        topology.lab.world.demand(credentials);
      },
    },
  ],
};
