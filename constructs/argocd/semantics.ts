import type { Plain } from '../../layers/layer';
import { Branch, tryChild, tryFindNode } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import type { Problem } from '../../layers/problem';

/** A rule's word on a manifest: which key of the resolved app is to blame, and what is wrong. */
export type Remark = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint'> & { readonly path: readonly string[] };

type Spec = { readonly [key: string]: Plain };

/** What Argo CD refuses in an Application although its schema allows it. */
export function checkApplication(manifest: Manifest, values: Branch): readonly Remark[] {
  const spec = manifest.spec as Spec;
  return [...checkSources(spec, values), ...checkDestination(spec.destination), ...checkValues(values)];
}

/** What Argo CD refuses in any template. */
export function checkApplicationSet(values: Branch): readonly Remark[] {
  return checkValues(tryFindNode(values, ['template', 'spec']) as Branch | undefined, ['template', 'spec']);
}

function checkSources(spec: Spec, values: Branch): readonly Remark[] {
  if (spec.source !== undefined && spec.sources !== undefined) {
    return [
      {
        code: 'source-and-sources',
        path: ['source'],
        message: "an Application has either 'source' or 'sources'",
        found: 'both',
        hint: 'where a broader layer sets the other one, write `source: unset` or `sources: unset`',
      },
    ];
  }
  if (spec.source === undefined && spec.sources === undefined) {
    if (spec.sourceHydrator !== undefined) return [];
    return [{ code: 'no-source', path: [], message: 'the app has no source', expected: "'source', 'sources', 'sourceHydrator' or 'workloads'" }];
  }
  const sources = tryChild(values, 'sources');
  if (sources instanceof Branch && sources.hid.some(({ value }) => Array.isArray(value))) {
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
  const list = Array.isArray(spec.sources) ? spec.sources : spec.source === undefined ? [] : [spec.source];
  if (list.length === 0) return [{ code: 'no-source', path: ['sources'], message: 'the app has no source', expected: 'at least one in `sources`' }];
  return list.flatMap((source, index) => {
    const path = spec.source !== undefined ? ['source'] : ['sources', sources instanceof Branch ? (sources.keys[index] ?? '') : String(index)];
    return checkSource(source as Spec, path);
  });
}

/** argo-cd, `ValidateRepo`: a source needs a path, a chart, a ref, or an OCI repository. */
function checkSource(source: Spec, path: readonly string[]): readonly Remark[] {
  if (typeof source !== 'object' || source === null) return [];
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
  if (typeof destination !== 'object' || destination === null) return [];
  const { name, server } = destination as Spec;
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
function checkValues(spec: Branch | undefined, above: readonly string[] = []): readonly Remark[] {
  if (!spec) return [];
  const sources = tryChild(spec, 'sources');
  const paths = [['source'], ...(sources instanceof Branch ? sources.keys.map((name) => ['sources', name]) : [])];
  return paths.flatMap((path): readonly Remark[] => {
    const helm = tryFindNode(spec, [...path, 'helm']);
    if (!tryChild(helm, 'values') || !tryChild(helm, 'valuesObject')) return [];
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
