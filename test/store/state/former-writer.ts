import type { FleetOutput } from '../../../constructs';
import { layerLabel, type Plain } from '../../../layers/layer';
import { type Branch, Leaf, type Node } from '../../../layers/node';
import { recordFolder } from '../../../layers/record';
import { fileText } from '../../../store/output/output-text';
import { keyText } from '../../../store/yaml/scalar-text';
import { indented, plainBlock, plainKey, plainScalar } from '../../../store/yaml/yaml-text';

/** What a fleet rendered before records were files of their own, by path: as it was written then. */
export function formerTexts(output: FleetOutput): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { path: folder, files } of output) {
    if (folder === recordFolder) continue;
    for (const file of files) {
      const path = `${folder}/${file.path}`;
      if (file.kind === 'helm-values') texts[path] = toHelmValues(file.values);
      else texts[path] = file.kind === 'chart' && file.path === 'values.yaml' ? targetValues(output, folder) : fileText(file);
    }
  }
  return texts;
}

const sections = { Application: 'applications', ApplicationSet: 'applicationsets', AppProject: 'appprojects' } as const;

function targetValues(output: FleetOutput, folder: string): string {
  const [clusterType = '', ...path] = folder.split('/');
  const target = output.findTarget(clusterType, path.join('/'));
  const found: Record<string, Record<string, Branch>> = {};
  for (const name of output.appNames(clusterType)) {
    for (const app of output.apps(clusterType, name)) {
      const section = sections[app.kind];
      found[section] = { ...found[section], [app.name]: app.valuesAt(target) };
    }
  }
  return toValuesYaml(found);
}

function toValuesYaml(given: Readonly<Record<string, Readonly<Record<string, Branch>>>>): string {
  const parts = ['# Resolved values, and the layer that set each. Rendered: change the configuration, not this file.\n'];
  for (const section of Object.keys(given).sort()) {
    const apps = given[section] ?? {};
    const names = Object.keys(apps).sort();
    if (names.length === 0) continue;
    parts.push(`${keyText(section)}:\n`);
    for (const name of names) parts.push(`  ${keyText(name)}:`, commented(apps[name] as Branch, '  '), '\n');
  }
  parts.push('# Filled in for each cluster by the root ApplicationSet that deploys it.\ncluster: {}\n');
  return parts.join('');
}

function toHelmValues(values: Branch): string {
  const lines = values.keys.map((key) => `${plainKey(key)}:${commented(values.children[key] as Node, '')}\n`);
  return `# Rendered by cdk8s-fleet: the values of a chart, and the layer that set each.\n${values.keys.length === 0 ? '{}\n' : lines.join('')}`;
}

function commented(node: Node, indent: string): string {
  if (node instanceof Leaf || node.keys.length === 0) {
    return leafText(node instanceof Leaf ? (node.value as Plain) : {}, indent, ` # ${layerLabel(node.source)}`);
  }
  const deeper = `${indent}  `;
  return node.keys.map((key) => `\n${deeper}${indented(`${plainKey(key)}:`, deeper)}${commented(node.children[key] as Node, deeper)}`).join('');
}

function leafText(value: Plain, indent: string, comment: string): string {
  if (Array.isArray(value)) return value.length === 0 ? ` []${comment}` : `${comment}\n${plainBlock(value, `${indent}  `)}`;
  if (typeof value === 'object' && value !== null) return ` {}${comment}`;
  const text = plainScalar(value as string | null | boolean | number);
  if (!text.includes('\n')) return ` ${text}${comment}`;
  const [first, ...rest] = text.split('\n');
  // The comment of a block scalar stands behind its `|`.
  return ` ${indented([`${first}${comment}`, ...rest].join('\n'), indent)}`;
}
