import { type AppRecord, type FleetRecord, recordFolder, recordFormat } from '../../layers/record';
import { doubleQuotedText, stringText } from '../yaml/scalar-text';
import { renderedHeader } from './rendered-header';

/** How the record of a fleet begins. */
const fleetRecordHeader = `${renderedHeader}: every target, in the sequence in which changes roll out.`;

/** How the record of an app begins: it says whose it is, so that a copy of it is none. */
function headerOf(name: string): string {
  return `${renderedHeader}: where ${name} is rendered`;
}

/**
 * One path or field a line, so that what two people change side by side merges.
 *
 * @param path from the folder of records: `{cluster type}/{app}.yaml`
 */
export function appRecordText(path: string, { rendered, layers }: AppRecord): string {
  const header = `${headerOf(path.slice(0, -'.yaml'.length))}, and the layers that set what its base did not.`;
  const parts = layers.map(({ layer, at, fields }) => `  - layer: ${lineText(layer)}\n${list('at', at, '    ')}${list('fields', fields, '    ')}`);
  return `${header}\n${list('rendered', rendered, '')}${parts.length === 0 ? 'layers: []\n' : `layers:\n${parts.join('')}`}`;
}

export function fleetRecordText({ topology, dimensions, sequence }: FleetRecord): string {
  return `${fleetRecordHeader}\nformat: ${recordFormat}\ntopology: ${topology}\n${list('dimensions', dimensions, '')}${list('sequence', sequence, '')}`;
}

function list(key: string, items: readonly string[], indent: string): string {
  return items.length === 0 ? `${indent}${key}: []\n` : `${indent}${key}:\n${items.map((item) => `${indent}  - ${lineText(item)}\n`).join('')}`;
}

/** A key of a user's may hold the end of a line. */
function lineText(text: string): string {
  return text.includes('\n') ? doubleQuotedText(text) : stringText(text);
}

/** Whether a file is, by what it says, the record that belongs there. @param path from the top of the output */
export function isRecordOf(path: string, text: string | undefined): boolean {
  const [, name] = new RegExp(`^${recordFolder}/([^/]+/[^/]+|fleet)\\.yaml$`).exec(path) ?? [];
  if (name === undefined || text === undefined) return false;
  return text.startsWith(name === 'fleet' ? renderedHeader : headerOf(name));
}

/** The paths where an app is rendered. Line by line and not as YAML: after a merge that went wrong both sides are in it. */
export function renderedIn(text = ''): readonly string[] {
  return [...text.matchAll(/^ {2}- (['"]?)([^\s'":]+)\1$/gm)].map(([, , path = '']) => path);
}
