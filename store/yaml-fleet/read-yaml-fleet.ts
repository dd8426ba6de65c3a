import { type ClusterTypeFiles, type ConfigFile, type ConfigFiles, type Place, placeKey } from '../../layers/config-files';
import { isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { yamlExemptionsShape, yamlSettingsShape } from '../../layers/shape/yaml-shape';
import { shown } from '../files/paths';
import { ComponentConfig } from './component-config';
import { noticeKey } from './config-yaml';
import { findFiles } from './find-files';
import { InjectedValues } from './injected';
import { layerFields } from './layer-fields';
import { MergedValues } from './merged-values';
import { Values } from './values';
import type { YamlFile } from './yaml-file';
import { defaultsKeys, sectionNames, type YamlClusterType, type YamlFleet } from './yaml-fleet';

/**
 * Reads a fleet of YAML files as the configuration that the same fleet in TypeScript would be.
 *
 * @param root absolute; `config.yaml` is in it
 */
export function readYamlFleet(root: string): ConfigFiles {
  const { fleet, problems } = findFiles(root);
  if (!fleet) return { folder: shown(root), form: 'yaml', clusterTypes: [], problems };
  const injected = new InjectedValues(fleet.clusterTypes);
  const found: Problem[] = [...fleet.problems];
  const clusterTypes = fleet.clusterTypes.map((clusterType) => readClusterType(clusterType, fleet, injected, found));
  found.push(...deployedElsewhere(fleet, injected));
  const exemptions = fleet.exemptions && exemptionsFile(fleet.exemptions, found);
  return { folder: shown(root), form: 'yaml', fleet: fleetFile(fleet), ...(exemptions ? { exemptions } : {}), clusterTypes, problems: found };
}

/** The list in `exemptions.yaml`, which is a map as every file is. */
function exemptionsFile({ file, content }: YamlFile, problems: Problem[]): ConfigFile | undefined {
  for (const key of Object.keys(content)) noticeKey(key, [], Object.keys(yamlExemptionsShape), file, problems);
  if (content.exemptions !== undefined) {
    return { file, name: 'exemptions', content: content.exemptions, parts: new Map([[placeKey([]), { file, place: ['exemptions'] }]]) };
  }
  problems.push({
    code: 'missing-field',
    message: "exemptions.yaml needs 'exemptions'",
    file,
    expected: 'a list of { rule, app, path, reason, owner, until }',
  });
  return undefined;
}

/** Argo CD reads what its ApplicationSets say, wherever the output is written to. */
function deployedElsewhere({ config }: YamlFleet, { folders }: InjectedValues): readonly Problem[] {
  const { path = 'dist' } = config.content;
  return [...folders].flatMap(([folder, written]) => {
    if (folder === String(path).replace(/\/+$/, '')) return [];
    return {
      code: 'output-elsewhere',
      severity: 'warning',
      message: `an ApplicationSet deploys '${written}', but the output is written to '${path}'`,
      file: config.file,
      hint: `write \`path: ${folder}\` into config.yaml, or let the ApplicationSet follow`,
    };
  });
}

function fleetFile({ config, dimensions, nodes }: YamlFleet): ConfigFile {
  const { content, file } = config;
  const outermost = dimensions[0]?.plural ?? '';
  const settings = Object.fromEntries(
    [...Object.keys(yamlSettingsShape), 'evidence'].flatMap((key) => (content[key] === undefined ? [] : [[key, content[key]]])),
  );
  return {
    file,
    name: 'config',
    content: {
      // What is rendered from YAML never needs it: only roots and workloads do, and they are written in TypeScript.
      repository: '',
      ...settings,
      ...(content.dimensions === undefined ? {} : { dimensions: content.dimensions }),
      [outermost]: nodes,
      adopted: true,
    },
    parts: new Map([[placeKey([outermost]), { file, place: ['sequence', outermost] }]]),
  };
}

function readClusterType(clusterType: YamlClusterType, { dimensions }: YamlFleet, injected: InjectedValues, problems: Problem[]): ClusterTypeFiles {
  const { name, folder, components } = clusterType;
  const unread = [...clusterType.unread];
  const values = new Values(new MergedValues(clusterType, dimensions, injected), problems);
  const configs = components.map((component) => ({ name: component.name, config: new ComponentConfig(component, clusterType, values, problems) }));
  const defaults = defaultsFile(clusterType, values, problems);
  const apps = configs.flatMap((component) => {
    const app = component.config.read();
    if (!app) unread.push(component.name);
    return app ?? [];
  });
  for (const { config } of configs) config.finish();
  const content = clusterType.defaults?.content ?? {};
  for (const key of Object.keys(content)) {
    if (!values.asked.has(key)) noticeKey(key, [], [...sectionNames, 'cluster'], clusterType.defaults?.file ?? folder, problems);
  }
  return { name, folder, defaults, apps, ...(unread.length > 0 ? { unread } : {}) };
}

function defaultsFile({ defaults }: YamlClusterType, values: Values, problems: Problem[]): ConfigFile | undefined {
  if (!defaults) return undefined;
  const { file, content } = defaults;
  const parts = new Map<string, Place>();
  const layers = sectionNames.flatMap((section) => {
    const common = content[section];
    if (!isMap(common)) return [];
    for (const key of Object.keys(common)) noticeKey(key, [section], ['default'], file, problems);
    const key = defaultsKeys[section];
    const at = { file, place: [section, 'default'] };
    parts.set(placeKey([key]), at);
    return [[key, layerFields(common.default, section, at, values, problems)] as const];
  });
  return { file, name: 'defaults', content: Object.fromEntries(layers), parts };
}
