import { delimiter, join } from 'node:path';
import { type ChartParts, standInHelm } from '../builders/chart-builder';
import { type Run, texts, Workspace } from './workspace';

const fleet = `
import { defineFleet } from 'cdk8s-fleet';
const fleet = defineFleet({
  repository: 'https://example.com/company/fleet',
  environments: [
    { name: 'integration', sectors: [{ name: 'one', regions: ['eu', 'us'] }] },
    { name: 'production', sectors: [{ name: 'canary', regions: ['eu'] }] },
  ],
});
declare module 'cdk8s-fleet' { interface Register { fleet: typeof fleet } }
export default fleet;
`;
const defaults = "export default { applications: { project: 'default', destination: { server: 'https://kubernetes.default.svc', namespace: 'x' } } };\n";

/** Where the charts of the stand-in are said to be. */
export const chartsURL = 'https://charts.example.com/stable';

const schema = (...ports: readonly string[]) => ({
  properties: {
    crds: { properties: { enabled: { type: 'boolean', description: 'Whether the CRDs are installed', default: false } } },
    webhook: { additionalProperties: false, properties: Object.fromEntries(ports.map((port) => [port, { type: 'integer' }])) },
  },
});
const values = '# How many replicas\nreplicaCount: 1\nnodeSelector: {}\n';

/** A chart whose port has another name in its last version. */
export const webCharts: readonly ChartParts[] = [
  { version: 'v0.9.0', values, schema: schema('securePort') },
  { version: 'v1.0.0', values, schema: schema('securePort') },
  { version: 'v1.1.0', values, schema: schema('securityPort') },
];

/** An app whose base, override and patch name a version each. */
export const webApp = `import type { FleetAppConfig } from 'cdk8s-fleet';
import type { WebValues } from '../../imports/charts/web';

export default {
  source: {
    repoURL: '${chartsURL}',
    chart: 'web',
    targetRevision: 'v1.0.0',
    helm: { valuesObject: { crds: { enabled: true }, webhook: { securePort: 8443 } } },
  },
  overrides: { production: { source: { targetRevision: 'v0.9.0', helm: { valuesObject: { replicaCount: 3 } } } } },
  patches: { 'patch-001': { rolledOutTo: [], change: { source: { targetRevision: 'v1.1.0' } } } },
} satisfies FleetAppConfig<WebValues>;
`;

/** A fleet whose apps name charts, with a stand-in for \`helm\` that has some. */
export class ChartsWorkspace extends Workspace {
  readonly #helm: string;

  constructor(files: Readonly<Record<string, string>> = { 'config/apps/web.ts': webApp }, charts: readonly ChartParts[] = webCharts) {
    super({ 'config/fleet.ts': fleet, 'config/apps/defaults.ts': defaults, ...files });
    this.#helm = standInHelm(join(this.path, '.stand-in'), charts);
    this.run('git', ['init', '-q', '-b', 'main']);
  }

  /** With the stand-in. */
  import(...args: readonly string[]): Run {
    return this.withHelm('import', ...args);
  }

  /** `fleet charts`, with the stand-in. */
  charts(...args: readonly string[]): Run {
    return this.withHelm('charts', ...args);
  }

  /** Any command, with the stand-in. */
  withHelm(...args: readonly string[]): Run {
    return this.withPath(`${this.#helm}${delimiter}${process.env.PATH}`, ...args);
  }

  /** @param path where programs are looked for */
  withPath(path: string, ...args: readonly string[]): Run {
    return { ...fleetServer.run(this.path, args, path) };
  }

  /** What the stand-in can fetch besides. */
  publish(...charts: readonly ChartParts[]): void {
    standInHelm(join(this.path, '.stand-in'), charts);
  }

  /** What the stand-in was asked for: charts with their versions. */
  get asked(): readonly string[] {
    if (!this.has('.stand-in/asked')) return [];
    return [...this.read('.stand-in/asked').matchAll(/^pull (\S+) .*--version=(\S+)/gm)].map(([, chart, version]) => `${chart} ${version}`);
  }

  /** Everything that was imported, by path. */
  imports(): Readonly<Record<string, string>> {
    return texts(this.snapshot('imports'));
  }
}
