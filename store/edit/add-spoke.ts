import { join } from 'node:path';
import { FleetError } from '../../layers/problem';
import { sourceText } from '../typescript/source-text';
import { sourceOf } from '../typescript/source-tree';
import type { Edits } from './edits';

/** What the file of a new spoke says, in this order; what is absent is left out. */
export interface NewSpoke {
  readonly hub: string;
  readonly tenant: string;
  readonly environment: string;
  readonly secret: string;
  readonly model?: string;
  readonly manages?: readonly string[];
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
}

/** Writes the file of a new spoke. @returns the file @throws FleetError where there is one */
export function addSpoke(edits: Edits, config: string, name: string, spoke: NewSpoke): string {
  const file = join(config, 'spokes', `${name}.ts`);
  if (edits.has(file)) {
    throw new FleetError([
      { code: 'duplicate-name', message: `there is a file for '${name}' already`, file, place: [], hint: 'edit it, or choose another name' },
    ]);
  }
  const entries = Object.entries(spoke).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: sourceOf(value) }]));
  const content = sourceText({ kind: 'map', expanded: true, entries });
  edits.write(file, `import type { SpokeConfig } from 'cdk8s-fleet';\n\nexport default ${content} satisfies SpokeConfig;\n`);
  return file;
}
