import { suggestion } from '../../layers/nearest';
import { type Branch, leaves, plainOf } from '../../layers/node';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import { someString } from '../../layers/token';
import { checkLabels } from '../argocd/metadata';
import { layersAnywhere } from '../synthesis/layers-anywhere';
import type { AppModel } from '../synthesis/model';
import { checkComputedLabels } from './check-computed-labels';
import { repositoryRemarks } from './check-repositories';
import { secretStoreRemarks } from './check-secret-store';
import { textRemark } from './fixed-fields';
import type { HubFleet } from './hub-fleet';
import { settingKeys } from './member';
import type { SettingRemark } from './text-map';
import { valueProblem } from './value-problem';

/** Reports what is wrong with a setting, at its keys. */
export type Report = (keys: readonly string[], code: Problem['code'], message: string, rest?: Partial<Problem>) => void;

/** What is wrong with the settings of a member, all layers merged. */
export function settingsProblems(fleet: HubFleet, { values, problems }: Resolved): readonly Problem[] {
  // What a function that threw would have said is missing: that is one mistake.
  const whole = problems.length > 0 ? [] : collected(fleet, values, (report) => checkWhole(values, report));
  return [...problems, ...layerProblems(fleet, values), ...whole];
}

/** What is wrong with layers of settings wherever they may apply one day: a patch that sits nowhere is one of them. */
export function checkSettingsLayers(fleet: HubFleet, settings: AppModel, problems: Problems): void {
  for (const layer of layersAnywhere(settings)) {
    if (layer.isStatic) problems.addAll(layerProblems(fleet, layer.at({ path: '' }).values));
  }
}

/** What is wrong with settings whatever other layers say. */
function layerProblems(fleet: HubFleet, values: Branch): readonly Problem[] {
  return collected(fleet, values, (report) => {
    for (const key of values.keys) {
      if ((settingKeys as readonly string[]).includes(key)) continue;
      report([key], 'unknown-key', `'${key}' is no setting of members`, { hint: suggestion(key, settingKeys, 'settings') });
    }
    const { plain } = values;
    checkTexts(fleet, plain, report);
    checkDeployment(fleet, plain, report);
    checkTemplates(values, report);
  });
}

/** Settings are said here and now: nobody fills in a template or a token later. */
function checkTemplates(values: Branch, report: Report): void {
  const hint = 'nobody fills it in: write a function of the target, such as `(target) => target.cluster`';
  if (!someString(values.plain, (text) => textRemark(text) !== undefined)) return;
  for (const { path, node } of leaves(values)) {
    const [remark] = [...path, JSON.stringify(plainOf(node))].flatMap((text) => textRemark(text) ?? []);
    if (remark?.code === 'token-in-manifest') report(path, remark.code, 'a cluster token in the settings of a member', { hint });
    else if (remark && !isEvaluated(path)) report(path, remark.code, 'a template in the settings of a member', { hint });
  }
}

/** Annotations are for others to evaluate, and some providers fill in what is asked for (external-secrets, provider/webhook). */
function isEvaluated([setting, part]: readonly string[]): boolean {
  return setting === 'annotations' || (setting === 'secretStore' && part === 'provider');
}

function collected(fleet: HubFleet, values: Branch, check: (report: Report) => void): readonly Problem[] {
  const problems: Problem[] = [];
  check((keys, code, message, rest) => problems.push(valueProblem(fleet.settings, values, keys, code, message, rest)));
  return problems;
}

/** A map of strings. */
export type Text = { readonly [key: string]: string };

const noText: Text = Object.freeze({});

/** What is text in a map that should be all text. */
export function textsOf(map: unknown): Text {
  return isMap(map) ? (Object.fromEntries(Object.entries(map).filter(([, value]) => typeof value === 'string')) as Text) : noText;
}

type Settings = { readonly [key: string]: unknown };

function checkTexts(fleet: HubFleet, plain: Settings, report: Report): void {
  for (const key of ['labels', 'annotations'] as const) {
    const map = plain[key];
    if (map === undefined) continue;
    if (!isMap(map)) {
      report([key], 'wrong-type', `'${key}' has the wrong type`, { expected: 'a map of strings', found: describe(map) });
      continue;
    }
    for (const [name, value] of Object.entries(map)) {
      if (typeof value === 'string') continue;
      const isScalar = typeof value === 'number' || typeof value === 'boolean';
      report([key, name], 'wrong-type', `the value of '${name}' has the wrong type`, {
        expected: isScalar ? `a string: '${value}'` : 'a string',
        found: describe(value),
      });
    }
  }
  const labels = textsOf(plain.labels);
  for (const { path, code, message, ...rest } of checkLabels(labels, textsOf(plain.annotations))) report(path, code, message, rest);
  checkComputedLabels(fleet, labels, report);
}

function checkDeployment({ groups }: HubFleet, { model, manages }: Settings, report: Report): void {
  if (model !== undefined && model !== 'centralized' && model !== 'distributed') {
    report(['model'], 'wrong-type', 'the model cannot be read', {
      expected: "'centralized' or 'distributed'",
      found: describe(model),
      ...(typeof model === 'string' ? { hint: suggestion(model, ['centralized', 'distributed'], 'models') } : {}),
    });
  }
  if (manages === undefined) return;
  if (!Array.isArray(manages)) {
    report(['manages'], 'wrong-type', "'manages' has the wrong type", { expected: 'a list of groups', found: describe(manages) });
    return;
  }
  const known = groups.filter(({ bootstrap }) => !bootstrap).map(({ name }) => name);
  for (const [index, group] of (manages as readonly unknown[]).entries()) {
    if (typeof group !== 'string') {
      report(['manages', String(index)], 'wrong-type', "'manages' has the wrong type", {
        expected: 'a list of groups',
        found: `a list with ${describe(group)} in it`,
      });
    } else if (groups.some(({ name, bootstrap }) => name === group && bootstrap)) {
      report(['manages', String(index)], 'unknown-group', `no spoke can manage '${group}'`, { hint: 'the hub deploys the bootstrap group, always' });
    } else if (!known.includes(group)) {
      report(['manages', String(index)], 'unknown-group', `'${group}' is no group of the fleet`, { hint: suggestion(group, known, 'groups') });
    }
  }
}

/** What several layers may say together: the parts of it need not be complete. */
function checkWhole({ plain }: Branch, report: Report): void {
  for (const [key, remarksOn] of Object.entries(checks)) {
    const value = plain[key];
    if (value === undefined) continue;
    for (const { path, code, message, ...rest } of once(value, remarksOn)) report([key, ...path], code, message, rest);
  }
}

const checks = { repositories: repositoryRemarks, secretStore: secretStoreRemarks };

const found = new WeakMap<object, readonly SettingRemark[]>();

/** Members nearly all have the same map here, and resolving them gives the same object. */
function once(value: unknown, remarksOn: (value: unknown) => Iterable<SettingRemark>): readonly SettingRemark[] {
  const known = typeof value === 'object' && value !== null ? found.get(value) : undefined;
  if (known) return known;
  const remarks = [...remarksOn(value)];
  if (typeof value === 'object' && value !== null) found.set(value, remarks);
  return remarks;
}
