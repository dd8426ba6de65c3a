import type { Plain } from '../../layers/layer';
import { Branch } from '../../layers/node';
import type { Problem } from '../../layers/problem';

/** A rule's word on a manifest: which key of the resolved app is to blame, and what is wrong. */
export type Remark = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint' | 'severity'> & { readonly path: readonly string[] };

/** A spec, as layers write it or as a manifest holds it. */
export type Spec = { readonly [key: string]: Plain };

/** What Argo CD refuses in an Application although its schema allows it. */
export function checkApplication(spec: Spec): readonly Remark[] {
  return [...checkSources(spec), ...checkDestination(spec.destination), ...checkValues(spec)];
}

/** What Argo CD refuses, or ignores, in the template of an ApplicationSet. */
export function checkApplicationSet(spec: Spec): readonly Remark[] {
  const template = isMap(spec.template) ? spec.template.spec : undefined;
  return isMap(template) ? checkValues(template, ['template', 'spec']) : [];
}

/** Sources by name over a list of sources would replace all of them. */
export function checkNamedSources(values: Branch): readonly Remark[] {
  const { sources } = values.children;
  if (!(sources instanceof Branch) || !sources.hid.some(({ value }) => Array.isArray(value))) return [];
  return [
    {
      code: 'named-sources',
      path: ['sources'],
      message: 'sources by name would replace a whole list of sources',
      expected: 'a map by name in every layer',
      found: 'a list in a broader layer',
      hint: 'write the broader `sources` as a map by name too',
    },
  ];
}

function checkSources(spec: Spec): readonly Remark[] {
  if (spec.source !== undefined && spec.sources !== undefined) {
    return [
      {
        code: 'source-and-sources',
        path: ['source'],
        message: "an Application has either 'source' or 'sources'",
        found: 'both',
        hint: 'where a broader layer sets the other one, write `source: unset` or `sources: unset`; `workloads` sets `source`',
      },
    ];
  }
  if (spec.source === undefined && spec.sources === undefined) {
    if (spec.sourceHydrator !== undefined) return [];
    return [{ code: 'no-source', path: [], message: 'the app has no source', expected: "'source', 'sources', 'sourceHydrator' or 'workloads'" }];
  }
  const all = sourcesOf(spec);
  if (all.length === 0) return [{ code: 'no-source', path: ['sources'], message: 'the app has no source', expected: 'at least one in `sources`' }];
  return all.flatMap(({ source, path }) => checkSource(source, path));
}

/**
 * In the control plane an Application is not called like its Helm release any more, so the release is named. Whether a
 * folder of a Git repository holds a chart is known to Argo CD only: a release there would get another name.
 */
export function checkReleaseNames(spec: Spec): readonly Remark[] {
  return sourcesOf(spec)
    .filter(({ source }) => source.path !== undefined && !['helm', 'kustomize', 'directory', 'plugin'].some((tool) => tool in source))
    .map(({ path }) => ({
      code: 'release-name',
      severity: 'warning',
      path,
      message: 'if this folder holds a Helm chart, its release is called after app and cluster',
      hint: 'say what the folder holds: `helm: {}` (the release is then called after the app), `kustomize: {}` or `directory: {}`',
    }));
}

/** Every source of a spec that is a map, with its place. */
function sourcesOf(spec: Spec): readonly { readonly source: Spec; readonly path: readonly string[] }[] {
  const { source, sources } = spec;
  const entries: readonly (readonly [readonly string[], Plain | undefined])[] = [
    [['source'], source],
    ...Object.entries((sources ?? {}) as Spec).map(([key, value]) => [['sources', key], value] as const),
  ];
  return entries.flatMap(([path, value]) => (isMap(value) ? [{ source: value, path }] : []));
}

/** argo-cd, `ValidateRepo`: a source needs a path, a chart, a ref, or an OCI repository. */
function checkSource(source: Spec, path: readonly string[]): readonly Remark[] {
  const remarks: Remark[] = [];
  const isOci = typeof source.repoURL === 'string' && source.repoURL.startsWith('oci://');
  if (source.path === undefined && source.chart === undefined && source.ref === undefined && !isOci) {
    remarks.push({ code: 'source-incomplete', path, message: 'the source says what repository but not what in it', expected: "'path', 'chart' or 'ref'" });
  }
  if (source.chart !== undefined && source.targetRevision === undefined) {
    remarks.push({ code: 'source-incomplete', path, message: "a Helm chart needs 'targetRevision'", expected: "the chart's version, such as 'v1.18.2'" });
  }
  return remarks;
}

function checkDestination(destination: Plain | undefined): readonly Remark[] {
  if (!isMap(destination)) return [];
  const { name, server } = destination;
  if ((name === undefined) !== (server === undefined)) return [];
  return [
    {
      code: 'destination',
      path: ['destination'],
      message: "a destination has either 'name' or 'server'",
      found: name === undefined ? 'neither' : 'both',
      hint: name === undefined ? 'write `name: cluster.name` in the defaults of the cluster type' : 'unset the one that a broader layer sets',
    },
  ];
}

/** Argo CD ignores `values` without a word where `valuesObject` is set. */
function checkValues(spec: Spec, above: readonly string[] = []): readonly Remark[] {
  return sourcesOf(spec).flatMap(({ source, path }): readonly Remark[] => {
    const { helm } = source;
    if (!isMap(helm) || helm.values === undefined || helm.valuesObject === undefined) return [];
    return [
      {
        code: 'values-twice',
        path: [...above, ...path, 'helm', 'values'],
        message: "'values' has no effect beside 'valuesObject'",
        hint: 'keep one of them; `unset` removes the one that a broader layer sets',
      },
    ];
  });
}

function isMap(value: Plain | undefined): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
