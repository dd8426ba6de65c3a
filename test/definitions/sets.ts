import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { definitionFiles } from './program';
import { argoCD, externalSecrets } from './versions';

/** The definitions that one API server may have. */
export interface DefinitionSet {
  readonly name: string;
  readonly files: readonly string[];
}

/** Every supported version. @param folder where files may be written that are in no module */
export function definitionSets(folder: string): readonly DefinitionSet[] {
  const known = [argoCD, externalSecrets].flatMap((module) =>
    module.versions.map((version) => ({ name: `${module.name} ${version}`, files: definitionFiles(module, version) })),
  );
  return [...known, laterExternalSecrets(folder)];
}

// biome-ignore lint/suspicious/noExplicitAny: a definition is read as far as it is known
type Loose = any;

/**
 * External Secrets 2.3 and some that follow, as far as it matters: they add two fields to items of lists (issues 6398 and 6798
 * there). The module proxy has none of them, so they are made of the newest that it has.
 */
function laterExternalSecrets(folder: string): DefinitionSet {
  mkdirSync(folder, { recursive: true });
  const newest = definitionFiles(externalSecrets, externalSecrets.versions.at(-1) as string);
  const files = newest.map((file) => {
    if (!file.endsWith('_externalsecrets.yaml')) return file;
    const definition = parse(readFileSync(file, 'utf8')) as Loose;
    const { data, dataFrom, target } = definition.spec.versions.find(({ name }: Loose) => name === 'v1').schema.openAPIV3Schema.properties.spec.properties;
    const nullBytePolicy = { type: 'string', enum: ['Ignore', 'Fail'], default: 'Ignore' };
    for (const part of [data.items.properties.remoteRef, dataFrom.items.properties.extract, dataFrom.items.properties.find]) {
      part.properties.nullBytePolicy = nullBytePolicy;
    }
    target.properties.template.properties.templateFrom.items.properties.valuesDecodingStrategy = {
      type: 'string',
      enum: ['Auto', 'Base64', 'Base64URL', 'None'],
      default: 'None',
    };
    const copy = join(folder, basename(file));
    writeFileSync(copy, stringify(definition));
    return copy;
  });
  return { name: 'External Secrets 2.3', files };
}
