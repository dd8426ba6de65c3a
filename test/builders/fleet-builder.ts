import { type AnyFleet, Fleet, FleetError, fleetFromConfig, type Problem } from '../../constructs';
import type { ClusterTypeFiles, ConfigFile } from '../../layers/config-files';
import type { Manifest } from '../../layers/output';

/** Configuration as its files would export it; nothing is typed, so that it may be wrong. */
export interface ConfigContent {
  /** @default - two environments: `integration` with two regions in one sector, `production` with one */
  readonly fleet?: unknown;
  readonly clusterTypes?: { readonly [name: string]: { readonly defaults?: unknown; readonly apps: { readonly [name: string]: unknown } } };
}

export const smallFleet = {
  repository: 'https://example.com/fleet.git',
  environments: [
    { name: 'integration', sectors: [{ name: 'int-1', regions: ['us', 'eu'] }] },
    { name: 'production', promotion: 'manual', sectors: [{ name: 'prod-1', regions: ['us'] }] },
  ],
};

/** A valid Application; the fields given are put over it. */
export function application(fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    project: 'default',
    source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
    ...fields,
  };
}

/** One cluster type, `mgmt`, with the apps given. */
export function apps(given: Readonly<Record<string, unknown>>, defaults?: unknown): ConfigContent {
  return { clusterTypes: { mgmt: { apps: given, ...(defaults === undefined ? {} : { defaults }) } } };
}

export function buildFleet(content: ConfigContent): Fleet {
  return ofTargets(buildAnyFleet(content));
}

/** A fleet whose targets have charts. */
export function ofTargets(fleet: AnyFleet): Fleet {
  if (!(fleet instanceof Fleet)) throw new Error('it is a fleet of hubs and spokes');
  return fleet;
}

export function buildAnyFleet({ fleet = smallFleet, clusterTypes = { mgmt: { apps: { web: application() } } } }: ConfigContent): AnyFleet {
  const types = Object.entries(clusterTypes).map(
    ([name, { defaults, apps: members }]): ClusterTypeFiles => ({
      name,
      folder: `config/${name}`,
      defaults: defaults === undefined ? undefined : configFile(`config/${name}/defaults.ts`, 'defaults', defaults),
      apps: Object.entries(members).map(([app, content]) => configFile(`config/${name}/${app}.ts`, app.split('/').pop() as string, content)),
    }),
  );
  return fleetFromConfig({ folder: 'config', fleet: configFile('config/fleet.ts', 'fleet', fleet), clusterTypes: types, problems: [] });
}

function configFile(file: string, name: string, content: unknown): ConfigFile {
  return { file, name, content };
}

/** Everything that a run over the configuration reports, warnings included. */
export function problemsOf(config: ConfigContent): readonly Problem[] {
  try {
    return buildFleet(config).synth().warnings;
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

/** The templates of one target by their file's name. */
export function templatesAt(fleet: Fleet, clusterType: string, path: string): Readonly<Record<string, Manifest>> {
  const { files } = fleet.synth().folder(clusterType, path);
  return Object.fromEntries(
    files.flatMap((file) => (file.kind === 'template' ? [[file.path.replace(/^templates\/|\.yaml$/g, ''), file.document] as const] : [])),
  );
}

/** One app's manifest at a target, as loosely typed data. */
export function manifestAt(config: ConfigContent, app: string, path: string, clusterType = 'mgmt'): { readonly [key: string]: never } & Loose {
  return templatesAt(buildFleet(config), clusterType, path)[app] as never;
}

// biome-ignore lint/suspicious/noExplicitAny: tests reach into manifests of every shape
export type Loose = any;
