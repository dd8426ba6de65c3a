import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ChartRenderer } from '../../layers/charts/chart-input';
import { leftClosed } from '../../layers/charts/left-closed';
import type { ConfigFiles } from '../../layers/config-files';
import { FleetError, type Problem } from '../../layers/problem';
import { nearest } from '../../layers/text/nearest';
import { ConfigFolders, type FolderEntry } from '../files/config-folder';
import { shown } from '../files/paths';
import { mayRender } from './allow-render';

export interface ReadConfigOptions {
  /**
   * Whether a fleet in YAML has its charts opened, which runs the Helm and the Kustomize that are installed on what may have come
   * from elsewhere. @default - what the command was told (`--allow-render`), else false
   */
  readonly allowRender?: boolean;
}

/**
 * Reads a configuration folder: one with `fleet.ts` is a fleet in TypeScript, one with `config.yaml` a fleet in YAML.
 *
 * @param folder relative to the working directory, or absolute
 * @returns what could be read, and what could not
 */
export function readConfig(folder: string, { allowRender = mayRender() }: ReadConfigOptions = {}): ConfigFiles {
  const root = resolve(folder);
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    return nothing(folder, {
      code: 'config-missing',
      message: `there is no configuration folder '${folder}'`,
      file: folder,
      expected: 'a folder with fleet.ts or config.yaml in it',
      hint: 'run the command beside that folder or below, or name the folder with --config',
    });
  }
  let entries: readonly FolderEntry[];
  try {
    entries = new ConfigFolders().entries(root);
  } catch (cause) {
    if (!(cause instanceof FleetError)) throw cause;
    return { folder, clusterTypes: [], problems: cause.problems };
  }
  const files = entries.flatMap(({ name, kind }) => (kind === 'folder' ? [] : [name]));
  const isTypeScript = files.includes('fleet.ts');
  const isYaml = files.includes('config.yaml');
  if (isTypeScript && isYaml) {
    return nothing(shown(root), {
      code: 'config-both',
      message: `'${folder}' has both fleet.ts and config.yaml`,
      file: shown(join(root, 'config.yaml')),
      expected: 'one of them: a fleet in TypeScript, or one in YAML',
      hint: 'keep them in folders of their own, and name one with --config',
    });
  }
  if (isYaml) return { ...readYaml(root), charts: allowRender ? chartRenderer(root) : refusingRenderer };
  if (isTypeScript) return { ...readTypeScript(root), charts: chartRenderer(root) };
  const [near] = ['fleet.ts', 'config.yaml'].flatMap((name) => {
    const found = nearest(name, files);
    return found === undefined ? [] : [{ name, found }];
  });
  const misleading = entries.find(({ name, kind }) => kind === 'folder' && (name === 'fleet.ts' || name === 'config.yaml'));
  return nothing(shown(root), {
    code: 'config-missing',
    message: `there is no fleet in '${folder}'`,
    file: shown(join(root, near?.name ?? misleading?.name ?? 'fleet.ts')),
    expected: 'fleet.ts, which exports `defineFleet({ … })`; or config.yaml of a fleet in YAML',
    found: misleading && `a folder called ${misleading.name}`,
    hint: near && `did you mean '${near.found}'? it has to be called ${near.name}`,
  });
}

function nothing(folder: string, problem: Problem): ConfigFiles {
  return { folder, clusterTypes: [], problems: [problem] };
}

// Loaded where they are needed: each reader brings rooms of its own.
function readYaml(root: string): ConfigFiles {
  return (require('../yaml-fleet/read-yaml-fleet') as typeof import('../yaml-fleet/read-yaml-fleet')).readYamlFleet(root);
}

function readTypeScript(root: string): ConfigFiles {
  return (require('./read-typescript') as typeof import('./read-typescript')).readTypeScriptFleet(root);
}

/**
 * Helm, with the charts that lie beside the configuration, once somebody asks.
 *
 * @param folder the configuration's, relative to the working directory, or absolute
 */
export function chartRenderer(folder: string): ChartRenderer {
  const root = resolve(folder);
  let renderer: ChartRenderer | undefined;
  const made = () => {
    if (!renderer) {
      const { HelmRenderer } = require('../hydrate/helm-renderer') as typeof import('../hydrate/helm-renderer');
      const { baseOf } = require('../output/output-place') as typeof import('../output/output-place');
      renderer = new HelmRenderer(root, baseOf(root));
    }
    return renderer;
  };
  return {
    render: (inputs) => made().render(inputs),
    asked: (input) => made().asked(input),
    digests: (inputs) => made().digests(inputs),
    versionOf: (id) => made().versionOf(id),
    capabilitiesOf: (input) => made().capabilitiesOf(input),
    valuesOf: (input) => made().valuesOf(input),
  };
}

/** A fleet in YAML is data, and may have come from elsewhere: nothing in it makes a command run a program, unless its user says so. */
export const refusingRenderer: ChartRenderer = {
  asked: () => [],
  digests: (inputs) => inputs.map(() => undefined),
  versionOf: () => undefined,
  capabilitiesOf: () => [],
  valuesOf: () => [],
  render: (inputs) =>
    inputs.map(() => ({
      problems: [
        {
          code: 'hydrate',
          message: 'a fleet in YAML runs no program, and charts are opened by Helm',
          hint: `where you trust what lies there, \`--allow-render\` lets it; else ${leftClosed}`,
        },
      ],
    })),
};

/** Whether charts of a configuration may be rendered. */
export function mayRenderCharts({ charts }: Pick<ConfigFiles, 'charts'>): boolean {
  return charts !== refusingRenderer;
}
