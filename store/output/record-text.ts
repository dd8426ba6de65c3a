import { type AppRecord, type FleetRecord, recordFormat } from '../../layers/record';
import { stringText } from '../yaml/scalar-text';
import { indented } from '../yaml/yaml-text';
import { renderedHeader } from './rendered-header';

/** How every record of an app begins. */
export const recordHeader = `${renderedHeader}: where it is rendered, and the layers that set what the base did not.`;

/** How the record of a fleet begins. */
export const fleetRecordHeader = `${renderedHeader}: every target, in the sequence in which changes roll out.`;

/** One path or field a line, so that what two people change side by side merges. */
export function appRecordText({ rendered, layers }: AppRecord): string {
  const parts = layers.map(
    ({ layer, at, fields }) => `  - layer: ${indented(stringText(layer), '    ')}\n${list('at', at, '    ')}${list('fields', fields, '    ')}`,
  );
  return `${recordHeader}\n${list('rendered', rendered, '')}${parts.length === 0 ? 'layers: []\n' : `layers:\n${parts.join('')}`}`;
}

export function fleetRecordText({ topology, dimensions, sequence }: FleetRecord): string {
  return `${fleetRecordHeader}\nformat: ${recordFormat}\ntopology: ${topology}\n${list('dimensions', dimensions, '')}${list('sequence', sequence, '')}`;
}

function list(key: string, items: readonly string[], indent: string): string {
  return items.length === 0
    ? `${indent}${key}: []\n`
    : `${indent}${key}:\n${items.map((item) => `${indent}  - ${indented(stringText(item), `${indent}  `)}\n`).join('')}`;
}
