import { suggestion } from '../../layers/nearest';
import { Branch, plainOf, tryChild } from '../../layers/node';
import { describe } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import { hasToken, tokensOf } from '../../layers/token';
import { remarksOn as manifestRemarks } from '../argocd/manifest-rules';
import { TextSearch } from '../argocd/texts';
import { silenced } from '../synthesis/judged';
import { layersAnywhere } from '../synthesis/layers-anywhere';
import type { AppModel } from '../synthesis/model';
import type { Target } from '../target';
import { secretsIn } from './check-secret-values';
import { type Component, componentLayerKeys } from './component';
import type { ComponentModel } from './components';
import { componentKeys } from './group-shape';
import type { HubFleet } from './hub-fleet';
import { valueProblem } from './value-problem';

/** What a member gets of a component. */
export interface ComponentAt {
  /** As the layers say; a selector may narrow it. */
  readonly isEnabled: boolean;
  /** For its chart, all layers merged. */
  readonly values: Branch;
}

/** What a member gets of a component, computed once for members with the same layers. */
export class ComponentValues {
  readonly #known = new WeakMap<Resolved, ComponentAt>();
  readonly #remarks = new WeakMap<Resolved, readonly Problem[]>();
  readonly #hasFunctions = new Map<Component, boolean>();
  readonly #fleet: HubFleet;

  constructor(fleet: HubFleet) {
    this.#fleet = fleet;
  }

  at({ app, construct }: ComponentModel, target: Target, problems: Problems): ComponentAt {
    const resolved = app.resolver.at(target);
    let known = this.#known.get(resolved);
    if (!known) {
      const values = tryChild(resolved.values, 'values');
      const enabled = tryChild(resolved.values, 'enabled');
      known = {
        isEnabled: enabled !== undefined && plainOf(enabled) === true,
        values: values instanceof Branch ? values : new Branch(Object.create(null), { kind: 'base', place: [] }),
      };
      this.#known.set(resolved, known);
      const { isEnabled } = known;
      // Whoever does not get a component need not have what its values are made of.
      const thrown = resolved.problems.filter(({ code, place }) => isEnabled || code !== 'layer-throws' || !place?.includes('values'));
      this.#remarks.set(resolved, [...thrown, ...remarksOn(construct, resolved.values), ...this.#secrets(app, construct, resolved.values)]);
    }
    for (const problem of this.#remarks.get(resolved) ?? []) problems.add({ ...problem, target: `${target.clusterType}/${target.path}` });
    return known;
  }

  /** Where functions say something, that is known only now. */
  #secrets(app: AppModel, construct: Component, values: Branch): readonly Problem[] {
    let hasFunctions = this.#hasFunctions.get(construct);
    if (hasFunctions === undefined) {
      hasFunctions = layersAnywhere(app).some((layer) => !layer.isStatic);
      this.#hasFunctions.set(construct, hasFunctions);
    }
    if (!hasFunctions) return [];
    const place = (path: readonly string[]): Pick<Problem, 'file' | 'place'> => {
      const { file, place } = valueProblem(construct, values, path, 'secret-value', '');
      return { file, place };
    };
    return secretsIn(this.#fleet, construct.name, construct, values.plain, place).map((problem) => ({ ...problem, app: construct.name }));
  }
}

/** What is wrong with layers of a component wherever they may apply one day: a patch that sits nowhere is one of them. */
export function checkComponentLayers({ app, construct }: ComponentModel, problems: Problems): void {
  for (const layer of layersAnywhere(app)) {
    if (layer.isStatic) problems.addAll(remarksOn(construct, layer.at({ path: '' }).values));
  }
}

function remarksOn(component: Component, values: Branch): readonly Problem[] {
  const { name: app } = component;
  const at = (path: readonly string[], code: Problem['code'], message: string, rest: Partial<Problem> = {}) =>
    valueProblem(component, values, path, code, message, { app, ...rest });
  const problems: Problem[] = [];
  for (const key of values.keys) {
    if (componentLayerKeys.includes(key)) continue;
    problems.push(
      componentKeys.includes(key)
        ? at([key], 'component-field', `'${key}' of '${app}' is not layered`, {
            expected: 'layers of members set `enabled` and `values`',
            hint: `'${key}' belongs to the component, or to a release of its group: what differs there is another release`,
          })
        : at([key], 'unknown-key', `'${key}' is no setting of a component`, {
            expected: "'enabled' and 'values'",
            hint: suggestion(key, [...componentLayerKeys, ...componentKeys], 'keys'),
          }),
    );
  }
  const enabled = tryChild(values, 'enabled');
  if (enabled && typeof plainOf(enabled) !== 'boolean') {
    problems.push(at(['enabled'], 'wrong-type', "'enabled' has the wrong type", { expected: 'true or false', found: describe(plainOf(enabled)) }));
  }
  const own = tryChild(values, 'values');
  if (!own) return problems;
  if (!(own instanceof Branch)) {
    return [...problems, at(['values'], 'wrong-type', "'values' has the wrong type", { expected: 'a map', found: describe(plainOf(own)) })];
  }
  if (!component.isChart && own.keys.length > 0) {
    problems.push(
      at(['values'], 'unused-values', `'${app}' is no chart, so its values have no effect`, {
        hint: 'where its path holds a chart, write `values: {}` in the component',
      }),
    );
  }
  const tokens = new Map(clusterTokens.in(own.plain).map(({ path }) => [path.join('\u0000'), path]));
  const written = { apiVersion: 'v1', kind: 'Values', metadata: { name: 'values' }, values: own.plain };
  const remarks = manifestRemarks({ maker: 'component-values', written, manifest: written, isClean: !own.isDoubtful });
  return [
    ...problems,
    ...[...tokens.values()].map((path) => at(['values', ...path], ...tokenRemark(app))),
    ...remarks.map((remark) => {
      const { path, isCause: _, key, ...found } = remark;
      const reason = key === undefined ? undefined : component.notTemplate.reasonOf(key);
      const { code, message, ...rest } = reason === undefined ? found : silenced(found, reason);
      return at(path, code, message, rest);
    }),
  ];
}

const clusterTokens = new TextSearch((text) => hasToken(text) && tokensOf(text).length > 0);

function tokenRemark(app: string): readonly [Problem['code'], string, Partial<Problem>] {
  return [
    'token-in-manifest',
    `a cluster token in the values of '${app}'`,
    { hint: 'these files are read as they are: what differs per cluster is a layer, or a function of the target such as `(target) => target.cluster`' },
  ];
}
