import type { Finding } from '../../../../layers/consequences';
import type { Branch } from '../../../../layers/node';
import type { Resolved } from '../../../../layers/resolver';
import { layersAnywhere } from '../../../resolve/layers-anywhere';
import { isEnabledBy } from '../../resolve/component-values';
import type { Component } from '../../tree/component';
import type { HubTree } from '../../tree/hub-tree';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';
import { chartlessValues } from './chartless-values';
import { layerFields } from './layer-fields';
import { layerKeys } from './layer-keys';
import type { LayerRule } from './layer-rule';
import { secretsIn } from './secrets-in';
import { switchTypes } from './switch-types';
import { uninstalledBootstrap } from './uninstalled-bootstrap';
import { valueManifests } from './value-manifests';
import { valueTokens } from './value-tokens';
import { valueTypes } from './value-types';

const layerRules: readonly LayerRule[] = [layerKeys, layerFields, switchTypes, uninstalledBootstrap, valueTypes, chartlessValues, valueTokens, valueManifests];

/** What is wrong with layers of components at the members that have them, and wherever they may apply one day: a patch that sits nowhere is one of them. */
export function* layersOfComponents({ fleet, groups, members }: HubSubject): Generator<Finding> {
  for (const group of groups) {
    for (const component of group.components) {
      // Members with the same layers get the same, and have the same mistakes.
      const known = new Map<Resolved, readonly Finding[]>();
      const hasFunctions = layersAnywhere(component.app).some((layer) => !layer.isStatic);
      for (const { member, components } of members) {
        const layers = components.get(component.name)?.layers;
        if (!layers) continue;
        const findings = known.get(layers) ?? componentFindings(fleet, component.construct, layers, hasFunctions);
        known.set(layers, findings);
        for (const finding of findings) yield { ...finding, target: `${group.name}/${member.path}` };
      }
      for (const layer of layersAnywhere(component.app)) if (layer.isStatic) yield* layerFindings(component.construct, layer.at({ path: '' }).values);
    }
  }
}

function componentFindings(fleet: HubTree, component: Component, layers: Resolved, hasFunctions: boolean): readonly Finding[] {
  const { values, problems } = layers;
  const isEnabled = isEnabledBy(layers);
  // Whoever does not get a component need not have what its values are made of.
  const thrown = problems.filter(({ code, place }) => isEnabled || code !== 'layer-throws' || !place?.includes('values'));
  // What functions say is known only now.
  return [...thrown, ...layerFindings(component, values), ...(hasFunctions ? secretsAt(fleet, component, values) : [])];
}

function layerFindings(component: Component, values: Branch): readonly Finding[] {
  const { name: app } = component;
  return layerRules.flatMap((rule) =>
    [...rule({ component, values })].map(({ path, code, message, ...rest }) => valueProblem(component, values, path, code, message, { app, ...rest })),
  );
}

function secretsAt(fleet: HubTree, component: Component, values: Branch): readonly Finding[] {
  const place = (path: readonly string[]): Pick<Finding, 'file' | 'place'> => {
    const { file, place } = valueProblem(component, values, path, 'secret-value', '');
    return { file, place };
  };
  return secretsIn(fleet, component.name, component, values.plain, place).map((problem) => ({ ...problem, app: component.name }));
}
