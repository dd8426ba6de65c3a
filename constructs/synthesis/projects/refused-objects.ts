import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { compare } from '../../../layers/problem';
import { silenceHint } from '../../../layers/silenced';
import { isMap, type Remark } from '../../argocd/manifest-rule';
import type { AskedObject, ObjectField } from '../../argocd/projects/object-permissions';
import { destinationsOf, destinationText } from '../../argocd/projects/permissions';
import type { LayeredApp } from '../../tree/layered-app';
import { type Project, shownPatterns } from './known-project';

/** Objects of an app that a field of its project does not allow. */
export interface RefusedObjects {
  readonly construct: LayeredApp;
  readonly project: Project;
  readonly field: ObjectField;
}

const denying: readonly ObjectField[] = ['clusterResourceBlacklist', 'namespaceResourceBlacklist'];

/** What is said of them, all in one. */
export function refusedRemark({ construct, project, field }: RefusedObjects, objects: readonly AskedObject[]): Remark {
  const { name, file = 'the project', manifest } = project;
  const isDenial = denying.includes(field);
  const said = saidBy(manifest, field);
  const leaving = construct.workloads ? 'leave them out of `workloads`' : 'have the chart leave them out';
  return {
    code: 'project',
    path: ['spec', construct.workloads ? 'workloads' : 'hydrate'],
    isOwn: construct.workloads !== undefined,
    key: field,
    message: `the project '${name}' does not allow ${objects.length === 1 ? 'an object' : `${objects.length} objects`} of ${construct.name}`,
    expected: isDenial ? `none of what its \`${field}\` denies: ${shownPatterns(said)}` : `what its \`${field}\` allows: ${shownPatterns(said)}`,
    found: shown(objects.map((object) => objectText(object, field)).sort(compare)),
    hint: silenceHint('project', field, `${wayOut(field, file, objects)}, or ${leaving}`),
  };
}

function wayOut(field: ObjectField, file: string, objects: readonly AskedObject[]): string {
  if (denying.includes(field)) return `take it out of \`${field}\` of ${file}`;
  const wanted = objects.map((object) =>
    field === 'destinations' ? `the namespace '${object.namespace}'` : `\`{ group: '${object.group}', kind: '${object.kind}' }\``,
  );
  return `allow ${shown([...new Set(wanted)].sort(compare))} in \`${field}\` of ${file}`;
}

function objectText({ kind, name, namespace }: AskedObject, field: ObjectField): string {
  const object = name === '' ? kind : `${kind} '${name}'`;
  return field === 'destinations' ? `${object} in '${namespace}'` : object;
}

function shown(texts: readonly string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join(', ')}, … (${texts.length} in all)` : texts.join(', ');
}

/** What a field of a project says, as a message shows it. */
function saidBy(manifest: Manifest | undefined, field: ObjectField): readonly string[] {
  const spec = isMap(manifest?.spec) ? manifest.spec : {};
  if (field === 'destinations') return destinationsOf(spec).map(destinationText);
  const list: Plain | undefined = spec[field];
  return (Array.isArray(list) ? list : []).filter(isMap).map(({ group, kind, name }) => {
    const groupKind = group === '' || group === undefined ? String(kind) : `${String(kind)} of ${String(group)}`;
    return name === undefined || name === '' ? groupKind : `${groupKind} called ${String(name)}`;
  });
}
