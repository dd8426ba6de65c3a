import type { Exemption, Law, NodeLaw } from '../../layers/law/law';
import { type AppRecord, type FleetRecord, type RecordedPatch, type RecordedValues, recordFolder, recordFormat } from '../../layers/record';
import { durationCode } from '../../layers/text/duration';
import { doubleQuotedText, stringText } from '../yaml/scalar-text';
import { renderedHeader } from './rendered-header';

/** How the record of a fleet begins. */
const fleetRecordHeader = `${renderedHeader}: every target, in the sequence in which changes roll out, and what its nodes demand of changes.`;

/** How the record of an app begins: it says whose it is, so that a copy of it is none. */
function headerOf(name: string): string {
  return `${renderedHeader}: where ${name} is rendered`;
}

/**
 * One path or field a line, so that what two people change side by side merges.
 *
 * @param path from the folder of records: `{cluster type}/{app}.yaml`
 */
export function appRecordText(path: string, { rendered, layers, patches = [], uninstalls = [], told = [] }: AppRecord): string {
  const header = `${headerOf(path.slice(0, -'.yaml'.length))}, and the layers that set what its base did not.`;
  const parts = layers.map(({ layer, at, fields }) => `  - layer: ${lineText(layer)}\n${list('at', at, '    ')}${list('fields', fields, '    ')}`);
  return `${header}\n${list('rendered', rendered, '')}${parts.length === 0 ? 'layers: []\n' : `layers:\n${parts.join('')}`}${patchesText(patches)}${uninstalls.length === 0 ? '' : list('uninstalls', uninstalls, '')}${toldText(told)}`;
}

function patchesText(patches: readonly RecordedPatch[]): string {
  const items = patches.map(({ patch, at }) => `  - patch: ${lineText(patch)}\n${list('at', at, '    ')}`);
  return items.length === 0 ? '' : `patches:\n${items.join('')}`;
}

function toldText(told: readonly RecordedValues[]): string {
  const items = told.map(({ at, values }) => `${list('at', at, '    ').replace('   ', '  -')}${list('values', values, '    ')}`);
  return items.length === 0 ? '' : `told:\n${items.join('')}`;
}

export function fleetRecordText({ topology, dimensions, sequence, law }: FleetRecord): string {
  const targets = `${list('dimensions', dimensions, '')}${list('sequence', sequence, '')}`;
  return `${fleetRecordHeader}\nformat: ${recordFormat}\ntopology: ${topology}\n${targets}${law ? lawText(law) : ''}`;
}

function lawText({ level, first, waves, nodes, exemptions }: Law): string {
  const items = (key: string, texts: readonly string[]) => (texts.length === 0 ? `  ${key}: []\n` : `  ${key}:\n${texts.join('')}`);
  return `law:\n${entry('level', level, '  ')}${entry('first', first, '  ')}${entry('waves', waves?.join(', '), '  ')}${items('nodes', nodes.map(nodeText))}${items('exemptions', exemptions.map(exemptionText))}`;
}

function nodeText({ path, promotion, soak, approvers = [], freeze, budget, waves, evidence = [] }: NodeLaw): string {
  const indent = '      ';
  const parts = [
    entry('promotion', promotion, indent),
    entry('soak', soak === undefined ? undefined : durationCode(soak), indent),
    approvers.length === 0 ? '' : list('approvers', approvers, indent),
    freeze ? `${indent}freeze:\n${entry('reason', freeze.reason, `${indent}  `)}${entry('until', freeze.until, `${indent}  `)}` : '',
    budget
      ? `${indent}budget:\n${Object.entries(budget)
          .map(([unit, count]) => `${indent}  ${lineText(unit)}: ${count}\n`)
          .join('')}`
      : '',
    entry('waves', waves?.join(', '), indent),
    evidence.length === 0 ? '' : list('evidence', evidence, indent),
  ];
  return `    - path: ${lineText(path)}\n${parts.join('')}`;
}

function exemptionText({ rule, app, path, reason, owner, until }: Exemption): string {
  const [first = '', ...rest] = Object.entries({ rule, app, path, reason, owner, until }).map(([key, text]) => `${key}: ${lineText(text)}\n`);
  return `    - ${first}${rest.map((line) => `      ${line}`).join('')}`;
}

function entry(key: string, text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}${key}: ${lineText(text)}\n`;
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
