import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { fieldText } from '../../layers/record';
import { formerRecordHeader, formerValuesHeader } from '../output/rendered-header';

/** Layers by the fields that they set. */
export type FieldLayers = ReadonlyMap<string, string>;

/**
 * The layers in the `values.yaml` of a target, as it was before records were files of their own: behind each value stood
 * the layer that set it.
 *
 * @returns by app; `undefined` for a text that is none
 */
export function formerLayers(text: string): ReadonlyMap<string, FieldLayers> | undefined {
  if (!text.startsWith(formerRecordHeader)) return undefined;
  const apps = new Map<string, FieldLayers>();
  for (const [section, named] of entriesOf(rootOf(text))) {
    if (section === 'cluster') continue;
    for (const [app, values] of entriesOf(named)) {
      const layers = new Map<string, string>();
      collect(layers, [], values);
      apps.set(app, layers);
    }
  }
  return apps;
}

/** The same of the values of a chart in a fleet of hubs. */
export function formerValueLayers(text: string): FieldLayers | undefined {
  if (!text.startsWith(formerValuesHeader)) return undefined;
  const layers = new Map<string, string>();
  for (const [key, value] of entriesOf(rootOf(text))) collect(layers, ['values', key], value);
  return layers;
}

function rootOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.contents;
}

function entriesOf(node: unknown): readonly (readonly [key: string, value: unknown])[] {
  return isMap(node) ? node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : String(key), value] as const) : [];
}

function collect(layers: Map<string, string>, keys: readonly string[], value: unknown): void {
  if (isMap(value) && value.items.length > 0) {
    for (const [key, child] of entriesOf(value)) collect(layers, [...keys, key], child);
    return;
  }
  const label = commentOf(value as Node | null);
  if (label !== undefined) layers.set(fieldText(keys), label);
}

/** That of a list stands before its items. What follows on lines of its own is about something else. */
function commentOf(node: Node | null): string | undefined {
  const [first] = isSeq(node) ? (node.items as readonly (Node | undefined)[]) : [];
  const comment = node?.commentBefore ?? first?.commentBefore ?? node?.comment;
  return comment?.split('\n')[0]?.trim();
}
