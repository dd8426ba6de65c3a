import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Programs } from './build';
import { freePort, type Processes } from './processes';

/** What a fleet renders, and the operator itself needs: Argo CD looks at a cluster anew for every definition that comes, one after the other. */
const usedOfExternalSecrets = (file: string) => /_(?:externalsecrets|(?:cluster)?secretstores|ecrauthorizationtokens|generatorstates)\.yaml$/.test(file);

const helmKeeps = { 'helm.sh/resource-policy': 'keep' };

/** What a request asked for, and what it got. */
export interface WorldRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly authorization: string;
  readonly user: string;
}

/** The Git host, chart hosts, and AWS, on loopback. */
export class World {
  readonly git: string;
  private port = 0;

  constructor(private readonly folder: string) {
    this.git = join(folder, 'git');
  }

  async start(processes: Processes, programs: Programs, withExternalSecrets: boolean): Promise<void> {
    for (const name of ['git', 'secrets', 'charts']) mkdirSync(join(this.folder, name), { recursive: true });
    cpSync(join(__dirname, 'charts'), join(this.folder, 'charts'), { recursive: true });
    cpSync(join(__dirname, 'charts.json'), join(this.folder, 'charts.json'));
    const argoCD = await programs.module('kubernetes-argo-cd', 'github.com/argoproj/argo-cd/v3');
    this.giveDefinitions('argo-cd', join(argoCD, 'manifests/crds'));
    if (withExternalSecrets) {
      const externalSecrets = await programs.module('external-secrets', 'github.com/external-secrets/external-secrets');
      this.giveDefinitions('external-secrets', join(externalSecrets, 'config/crds/bases'), usedOfExternalSecrets);
    }
    this.port = await freePort();
    await processes.start('world', {
      command: 'world',
      args: ['-listen', `127.0.0.1:${this.port}`, '-folder', this.folder, '-charts', join(this.folder, 'charts')],
      env: { PATH: programs.path },
      ready: () => served(`http://127.0.0.1:${this.port}/ready`),
    });
  }

  /** A stand-in installs the definitions of its program's own module, and keeps them as the real chart does. */
  private giveDefinitions(chart: string, from: string, isWanted = (_: string) => true): void {
    const folder = join(this.folder, 'charts', chart, 'definitions');
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(from).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml' && isWanted(name))) {
      const definition = parse(readFileSync(join(from, file), 'utf8'));
      definition.metadata.annotations = { ...definition.metadata.annotations, ...helmKeeps };
      writeFileSync(join(folder, file), stringify(definition, { lineWidth: 0, aliasDuplicateObjects: false }));
    }
  }

  /** What a program needs to take this world for the real one. */
  environment(): NodeJS.ProcessEnv {
    const [proxy, ca] = [`http://127.0.0.1:${this.port}`, join(this.folder, 'ca.pem')];
    return {
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      NO_PROXY: '127.0.0.1,localhost,kubernetes.default.svc',
      SSL_CERT_FILE: ca,
      GIT_SSL_CAINFO: ca,
      AWS_CA_BUNDLE: ca,
    };
  }

  /** A secret of the secret manager; nothing takes it away. */
  secretFile(name: string): string {
    return join(this.folder, 'secrets', `${name.replaceAll('/', '__')}.json`);
  }

  /** From now on these places ask for a name and a password, by the beginning of host and path. */
  demand(credentials: Readonly<Record<string, string>>): void {
    writeFileSync(join(this.folder, 'credentials.json'), JSON.stringify(credentials));
  }

  requests(): readonly WorldRequest[] {
    const file = join(this.folder, 'requests.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}

function served(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`);
    }).once('error', (error) => resolve(error.message));
  });
}
