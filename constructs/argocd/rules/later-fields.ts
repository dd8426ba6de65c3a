import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { argoCDVersions, type FieldsOf, fieldsSince } from '../../../layers/shape/fields-since';
import { generatorsOf, specsOf } from '../application-specs';
import { isMap, type ManifestRule, type Remark } from '../manifest-rule';
import { isSaid } from '../unset-fields';

/** A field that came with a later version than the oldest Argo CD that reads it: the API server drops it there, or refuses the object. */
export const laterFields: ManifestRule = ({ written, argoCD }) => {
  const oldest = argoCD === undefined ? -1 : argoCDVersions.indexOf(argoCD);
  if (oldest < 0) return [];
  const remarks = argoCDVersions.slice(oldest + 1).flatMap((version) => {
    const fields = Object.entries(fieldsSince[version] ?? {}) as readonly (readonly [FieldsOf, readonly string[]])[];
    return fields.flatMap(([part, paths]) =>
      partsOf(part, written).flatMap(({ value, path }) =>
        paths.flatMap((field) => [...found(value, field.split('.'))].map((below) => remark(written.kind, [...path, ...below], version, argoCD as string))),
      ),
    );
  });
  // What stands in a field that is not known is no further mistake.
  return remarks.filter(({ path }) => !remarks.some(({ path: above }) => above.length < path.length && above.every((key, index) => key === path[index])));
};

interface Part {
  readonly value: Plain | undefined;
  /** From the manifest's top. */
  readonly path: readonly string[];
}

function partsOf(part: FieldsOf, manifest: Manifest): readonly Part[] {
  if (part === 'Application') return specsOf(manifest).map(({ spec, path }) => ({ value: spec, path }));
  if (part === 'generator') return generatorsOf(manifest).map(({ generator, path }) => ({ value: generator, path }));
  return manifest.kind === part ? [{ value: manifest.spec as Plain, path: ['spec'] }] : [];
}

/** Where a field of the table is said below a value. What is a list to Argo CD may be written by name. */
function* found(value: Plain | undefined, [key = '', ...rest]: readonly string[]): Generator<readonly string[]> {
  if (!isMap(value)) return;
  const isList = key.endsWith('[]');
  const name = isList ? key.slice(0, -2) : key;
  const at = value[name];
  if (at === undefined || !isSaid(at)) return;
  if (rest.length === 0) yield [name];
  else if (!isList) for (const below of found(at, rest)) yield [name, ...below];
  else if (typeof at === 'object' && at !== null) {
    for (const [item, content] of Object.entries(at)) for (const below of found(content as Plain, rest)) yield [name, item, ...below];
  }
}

function remark(kind: string, path: readonly string[], version: string, oldest: string): Remark {
  return {
    code: 'unknown-field',
    path,
    message: `Argo CD ${oldest} has no field '${path.slice(1).join('.')}' of ${kind}: it came with ${version}`,
    expected: `what Argo CD ${oldest} knows, as \`argoCD: '${oldest}'\` of the fleet says`,
    hint: `leave it out; or say \`argoCD: '${version}'\` once every Argo CD that reads the output is of that version or newer`,
  };
}
