import { layerLabel, type Plain } from '../../layers/layer';
import { type Branch, Leaf, type Node } from '../../layers/node';
import type { OutputFile } from '../../layers/output';
import { compare } from '../../layers/problem';
import { keyText } from '../yaml/scalar-text';
import { indented, type PlainMap, plainBlock, plainKey, plainScalar, toHelmTemplate, toYaml } from '../yaml/yaml-text';

/** A text that was made for one depth. */
interface Indented {
  readonly indent: string;
  readonly text: string;
}

const leafTexts = new WeakMap<Branch, Indented>();

/** The resolved values of a target, with the layer that set it behind each leaf. */
export function toValuesYaml(sections: Extract<OutputFile, { kind: 'values' }>['sections']): string {
  const parts = [`${recordHeader} Rendered: change the configuration, not this file.\n`];
  for (const section of Object.keys(sections).sort(compare)) {
    const apps = sections[section] ?? {};
    const names = Object.keys(apps).sort(compare);
    if (names.length === 0) continue;
    parts.push(`${keyText(section)}:\n`);
    for (const name of names) parts.push(`  ${keyText(name)}:`, commented(apps[name] as Branch, '  '), '\n');
  }
  parts.push('# Filled in for each cluster by the root ApplicationSet that deploys it.\ncluster: {}\n');
  return parts.join('');
}

const helmValuesTexts = new WeakMap<Branch, string>();

/** The values of a chart, with the layer that set it behind each leaf. */
function toHelmValues(values: Branch): string {
  let text = helmValuesTexts.get(values);
  if (text === undefined) {
    const lines = values.keys.map((key) => `${plainKey(key)}:${commented(values.children[key] as Node, '')}\n`);
    text = `${renderedHeader}: the values of a chart, and the layer that set each.\n${values.keys.length === 0 ? '{}\n' : lines.join('')}`;
    helmValuesTexts.set(values, text);
  }
  return text;
}

function commented(node: Node, indent: string): string {
  if (node instanceof Leaf || node.keys.length === 0) {
    return leafText(node instanceof Leaf ? (node.value as Plain) : {}, indent, ` # ${layerLabel(node.source)}`);
  }
  const known = leafTexts.get(node);
  if (known?.indent === indent) return known.text;
  const deeper = `${indent}  `;
  const lines = node.keys.map((key) => `\n${deeper}${indented(`${plainKey(key)}:`, deeper)}${commented(node.children[key] as Node, deeper)}`);
  const text = lines.join('');
  leafTexts.set(node, { indent, text });
  return text;
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

/** How every rendered `Chart.yaml` begins, and every rendered file of a chart's values. */
export const renderedHeader = '# Rendered by cdk8s-fleet';

/** How the `values.yaml` of every target begins. */
export const recordHeader = '# Resolved values, and the layer that set each.';

const templateTexts = new WeakMap<object, string>();

/** A file of rendered output as text. */
export function fileText(file: OutputFile): string {
  if (file.kind === 'values') return toValuesYaml(file.sections);
  if (file.kind === 'note') return file.text;
  if (file.kind === 'helm-values') return toHelmValues(file.values);
  if (file.kind === 'chart') return `${renderedHeader}: change the configuration and run \`npx fleet synth\`.\n${toYaml(file.document as PlainMap)}`;
  let text = templateTexts.get(file.document);
  if (text === undefined) {
    text = file.kind === 'template' ? toHelmTemplate(file.document) : toYaml(file.document);
    templateTexts.set(file.document, text);
  }
  return text;
}
