import { describe } from '../../layers/compile';
import type { Plain } from '../../layers/layer';
import { merge } from '../../layers/merge';
import { type Branch, deepestNode, leaves, plainOf, tryChild } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import type { Problem } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import { hasBrokenToken, strings, type Token, tokensOf } from '../../layers/token';
import type { ApplicationPlacement } from '../app-config';
import { namedSources, toManifest } from '../argocd/manifest';
import { checkApplication, checkApplicationSet, type Remark } from '../argocd/semantics';
import { validateManifest } from '../argocd/validate';
import type { FleetApp } from '../fleet-app';
import { originOf } from '../origin';
import { controlPlaneLayer } from './generated';

/** An app's values as what is rendered of them; the same for every target with the same values. */
export interface Rendition {
  readonly enabled: boolean;
  /** As `values.yaml` shows them. */
  readonly values: Branch;
  /** Absent where the app is not enabled. */
  readonly manifest?: Manifest;
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}

/** Renders an app's values and says everything that is wrong with them. */
export function render(app: FleetApp, placement: ApplicationPlacement, resolved: Resolved): Rendition {
  const enabled = tryChild(resolved.values, 'enabled');
  const isEnabled = enabled === undefined || plainOf(enabled) !== false;
  const problems: Problem[] = [...resolved.problems];
  const report = (remark: Remark & Pick<Partial<Problem>, 'severity'>) => problems.push(placed(app, resolved.values, remark));
  if (enabled && typeof plainOf(enabled) !== 'boolean') {
    report({ code: 'wrong-type', path: ['enabled'], message: "'enabled' has the wrong type", expected: 'true or false', found: describe(plainOf(enabled)) });
  }
  if (!isEnabled) return { enabled: false, values: resolved.values, tokens: [], problems };
  const { name, layer } = placement === 'controlPlane' ? controlPlaneLayer(app.kind, app.name, resolved.values) : { name: app.name, layer: undefined };
  const values = layer ? merge(resolved.values, layer) : resolved.values;
  const manifest = toManifest(app.kind, name, values);
  for (const remark of [...remarksOn(app, manifest, values), ...nulls(manifest), ...texts(values)]) report(remark);
  return { enabled: true, values, manifest, tokens: tokensOf(manifest), problems };
}

function remarksOn(app: FleetApp, manifest: Manifest, values: Branch): readonly Remark[] {
  const found = app.kind === 'Application' ? checkApplication(manifest, values) : checkApplicationSet(values);
  // Nulls have a rule of their own; what the schema has to say of them would only repeat it.
  const findings = validateManifest(manifest).filter((finding) => finding.found !== 'null');
  const remarks = findings.map((finding) => ({ ...finding, path: valuesPath(finding.path, values) }));
  const mixed = found.some(({ code }) => code === 'named-sources');
  return [...found, ...remarks.filter(({ path }) => !mixed || path[0] !== 'sources')];
}

/** Argo CD loses a null, or takes it for a value: only `valuesObject` may hold one, and there it was taken care of. */
function nulls(manifest: Manifest): readonly Remark[] {
  return [...nullPaths(manifest, [])].map((path) => ({
    code: 'null-value',
    path: valuesPath(path),
    message: `'${valuesPath(path).join('.')}' is null`,
    hint: 'to remove what a broader layer sets, write `unset`; null means something inside `helm.valuesObject` only',
  }));
}

function* nullPaths(value: Plain, path: readonly string[]): Generator<readonly string[]> {
  if (value === null) yield path;
  else if (typeof value === 'object') for (const [key, item] of Object.entries(value)) yield* nullPaths(item, [...path, key]);
}

/** Tokens that a string function damaged, and expressions written by hand where a token was meant. */
function texts(values: Branch): readonly (Remark & Pick<Partial<Problem>, 'severity'>)[] {
  const remarks: (Remark & Pick<Partial<Problem>, 'severity'>)[] = [];
  for (const { path, node } of leaves(values)) {
    if (path[0] === 'values') continue;
    for (const text of [...path, ...strings(plainOf(node))]) {
      if (hasBrokenToken(text)) {
        remarks.push({
          code: 'token-broken',
          path,
          message: 'a cluster token was cut or changed by a string function',
          hint: 'what the cluster is called is known at deploy time only: use tokens whole',
        });
      }
      if (/\{\{-?\s*\.Values\.cluster\b/.test(text)) {
        remarks.push({
          code: 'handwritten-expression',
          severity: 'warning',
          path,
          message: `'${text.slice(0, 60)}' reaches Argo CD as it is written`,
          hint: 'for a value of the cluster use a token: `cluster.name`, `cluster.annotation(…)`, `cluster.value(…)`',
        });
      }
    }
  }
  return remarks;
}

/** A path in a manifest as the path of the same value in the app's values. */
function valuesPath(path: readonly string[], values?: Branch): readonly string[] {
  const [top, ...rest] = path;
  if (top !== 'spec' && top !== 'metadata') return path;
  const names = values && rest[0] === 'sources' ? namedSources(values) : undefined;
  const name = names?.[Number(rest[1])];
  return name === undefined ? rest : ['sources', name, ...rest.slice(2)];
}

/** A remark with the layer, and so the file, that set the value it is about. */
function placed(app: FleetApp, values: Branch, remark: Remark & Pick<Partial<Problem>, 'severity'>): Problem {
  const { path, ...rest } = remark;
  const { node, depth } = deepestNode(values, path);
  const origin = depth === 0 ? originOf(app) : node.source;
  return { ...rest, app: app.name, file: origin.file ?? originOf(app).file, place: [...origin.place, ...path] };
}
