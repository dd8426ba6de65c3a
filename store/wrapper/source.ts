import { isMap } from '../../layers/plain-data';
import { moduleText } from '../typescript/source-text';
import type { Entry, MapSource, Source } from '../typescript/source-tree';
import { codeOf } from './live-text';
import { type Data, gone } from './values';

/** A file of the new configuration. */
export interface NewFile {
  /** From its top. */
  readonly path: string;
  readonly text: string;
}

/** Names that a file imports, besides its type. */
interface Uses {
  cluster: boolean;
  unset: boolean;
}

/** Data with marks as TypeScript; what is undefined is left out. */
function sourceWith(value: unknown, uses: Uses): Source {
  if (value === gone) {
    uses.unset = true;
    return { kind: 'code', text: 'unset' };
  }
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => ({ value: sourceWith(item, uses) })) };
  if (isMap(value)) return { kind: 'map', entries: entriesOf(value, uses) };
  const code = typeof value === 'string' ? codeOf(value) : undefined;
  if (code === undefined) return { kind: 'value', value: value as string };
  uses.cluster = true;
  return { kind: 'code', text: code };
}

function entriesOf(map: Data, uses: Uses): readonly Entry[] {
  return Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: sourceWith(value, uses) }]));
}

/** A file that exports data. @param before comments above it */
export function dataFile(path: string, type: string, data: Data, before: readonly string[] = []): NewFile {
  const uses: Uses = { cluster: false, unset: false };
  const body: MapSource = { kind: 'map', expanded: true, entries: entriesOf(data, uses) };
  const values = [...(uses.cluster ? ['cluster'] : []), ...(uses.unset ? ['unset'] : [])];
  const names = [...values, values.length > 0 ? `type ${type}` : type].sort((a, b) => a.replace('type ', '').localeCompare(b.replace('type ', ''), 'en'));
  const imports = [`import ${values.length > 0 ? '' : 'type '}{ ${names.join(', ')} } from 'cdk8s-fleet';`];
  return { path, text: moduleText({ imports, before, open: 'export default ', body, close: ` satisfies ${type};` }) };
}

/** A file with the fleet's settings, from which all others learn its names. */
export function fleetFile(settings: Data): NewFile {
  const body: MapSource = { kind: 'map', expanded: true, entries: entriesOf(settings, { cluster: false, unset: false }) };
  const text = moduleText({
    imports: ["import { defineHubFleet } from 'cdk8s-fleet';"],
    open: 'const fleet = defineHubFleet(',
    body,
    close: ');',
    rest: registration.split('\n'),
  });
  return { path: 'fleet.ts', text };
}

const registration = `export default fleet;

// Every other file learns the tenants and environments from here: a misspelt one is an error in the editor.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}`;
