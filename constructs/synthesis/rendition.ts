import type { Plain } from '../../layers/layer';
import { merge } from '../../layers/merge';
import { type Branch, deepestNode, leaves, plainOf, tryChild } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import { describe } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import { hasBrokenToken, someString, strings, type Token, tokensOf } from '../../layers/token';
import type { ApplicationPlacement } from '../app-config';
import { checkValuesTexts } from '../argocd/check-values-text';
import { holdsNull, namedSources, toManifest } from '../argocd/manifest';
import { checkMetadata } from '../argocd/metadata';
import { checkApplication, checkApplicationSet, checkNamedSources, checkReleaseNames, type Remark, type Spec } from '../argocd/semantics';
import type { FleetApp } from '../fleet-app';
import { originOf } from '../origin';
import { validateManifest } from '../validate';
import { controlPlaneLayer } from './generated';

/**
 * An app's values as what is rendered of them; the same for every target with the same values. What is wrong with them
 * is looked for when it is asked for: whoever only writes files does not.
 */
export class Rendition {
  readonly enabled: boolean;
  /** As `values.yaml` shows them. */
  readonly values: Branch;
  /** Absent where the app is not enabled. */
  readonly manifest?: Manifest;
  readonly #app: FleetApp;
  readonly #placement: ApplicationPlacement;
  readonly #resolved: Resolved;
  #tokens: readonly Token[] | undefined;
  #problems: readonly Problem[] | undefined;

  constructor(app: FleetApp, placement: ApplicationPlacement, resolved: Resolved) {
    this.#app = app;
    this.#placement = placement;
    this.#resolved = resolved;
    const enabled = tryChild(resolved.values, 'enabled');
    this.enabled = enabled === undefined || plainOf(enabled) !== false;
    if (!this.enabled || placement === 'cluster') {
      this.values = resolved.values;
      if (this.enabled) this.manifest = toManifest(app.kind, app.name, this.values);
    } else {
      const { name, layer } = controlPlaneLayer(app.kind, app.name, resolved.values);
      this.values = merge(resolved.values, layer);
      this.manifest = toManifest(app.kind, name, this.values);
    }
  }

  /** The cluster values that its manifest uses. */
  get tokens(): readonly Token[] {
    this.#tokens ??= this.manifest ? tokensOf(this.manifest) : [];
    return this.#tokens;
  }

  /** Everything that is wrong with the app at such a target. */
  get problems(): readonly Problem[] {
    this.#problems ??= [...this.#resolved.problems, ...this.#remarks().map((remark) => placed(this.#app, this.values, remark))];
    return this.#problems;
  }

  #remarks(): readonly Remark[] {
    const { manifest, values } = this;
    const enabled = tryChild(values, 'enabled');
    const remarks: Remark[] = [];
    if (enabled && typeof plainOf(enabled) !== 'boolean') {
      remarks.push({
        code: 'wrong-type',
        path: ['enabled'],
        message: "'enabled' has the wrong type",
        expected: 'true or false',
        found: describe(plainOf(enabled)),
      });
    }
    if (this.#placement === 'controlPlane' && manifest?.kind === 'Application' && !this.#app.workloads) remarks.push(...checkReleaseNames(values.plain));
    if (manifest) remarks.push(...remarksOn(this.#app, manifest, values), ...nulls(manifest, values), ...texts(values));
    return remarks;
  }
}

function remarksOn(app: FleetApp, manifest: Manifest, values: Branch): readonly Remark[] {
  const isApplication = app.kind === 'Application';
  const mixed = isApplication ? checkNamedSources(values) : [];
  const found = isApplication ? checkApplication(values.plain) : checkApplicationSet(values.plain);
  // Nulls have a rule of their own, and so has what a whole list of sources became by mistake.
  const findings = validateManifest(manifest)
    .filter((finding) => finding.found !== 'null')
    .map((finding) => ({ ...finding, path: valuesPath(finding.path, values) }));
  const remarks = [...found, ...findings].filter(({ path }) => mixed.length === 0 || path[0] !== 'sources');
  // The app's name is looked at where all names are.
  const texts = checkValuesTexts(app.kind, values.plain as Spec);
  return [...mixed, ...remarks, ...checkMetadata(manifest).filter(({ path }) => path[0] !== 'name'), ...unusedValues(app, values), ...texts];
}

/** A Helm chart's values are written elsewhere, and `values` is the word that everybody tries first. */
function unusedValues(app: FleetApp, values: Branch): readonly Remark[] {
  if (app.workloads || !tryChild(values, 'values')) return [];
  return [
    {
      code: 'unused-values',
      path: ['values'],
      message: "'values' is what `workloads` receives, and the app has none",
      hint: 'did you mean `source.helm.valuesObject`?',
    },
  ];
}

/** Argo CD loses a null, or takes it for a value: only `valuesObject` may hold one, and there it was taken care of. */
function nulls(manifest: Manifest, values: Branch): readonly Remark[] {
  if (!holdsNull(manifest)) return [];
  return [...nullPaths(manifest, [])].map((path) => ({
    code: 'null-value',
    path: valuesPath(path, values),
    message: `'${valuesPath(path, values).join('.')}' is null`,
    hint: 'to remove what a broader layer sets, write `unset`; null means something inside `helm.valuesObject` only',
  }));
}

function* nullPaths(value: Plain, path: readonly string[]): Generator<readonly string[]> {
  if (value === null) yield path;
  else if (typeof value === 'object') for (const [key, item] of Object.entries(value)) yield* nullPaths(item, [...path, key]);
}

const handwritten = /\{\{-?\s*\.Values\.cluster\b/;

/** Tokens that a string function damaged, and expressions written by hand where a token was meant. */
function texts(values: Branch): readonly Remark[] {
  const remarks: Remark[] = [];
  // Nearly always there is nothing to see, and one look at the whole says so.
  if (!someString(values.plain, (text) => hasBrokenToken(text) || handwritten.test(text))) return remarks;
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
      if (handwritten.test(text)) {
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
function valuesPath(path: readonly string[], values: Branch): readonly string[] {
  const [top, ...rest] = path;
  if (top !== 'spec' && top !== 'metadata') return path;
  const names = rest[0] === 'sources' ? namedSources(values) : undefined;
  const name = names?.[Number(rest[1])];
  return name === undefined ? rest : ['sources', name, ...rest.slice(2)];
}

/** A remark with the layer, and so the file, that set the value it is about. */
function placed(app: FleetApp, values: Branch, remark: Remark): Problem {
  const { path, ...rest } = remark;
  const { node, depth } = deepestNode(values, path);
  const origin = depth === 0 ? originOf(app) : node.source;
  return { ...rest, app: app.name, file: origin.file ?? originOf(app).file, place: [...origin.place, ...path] };
}
