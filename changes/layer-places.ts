import { isToldToCharts } from '../layers/charts/told-values';
import { fieldKeys, fieldText, membersName, settingsName } from '../layers/record';
import { componentKeys, followedField, keysBesideValues } from './contents/component-field';
import { homeOfComponent, homeOfObject } from './contents/home-field';
import type { State, StateFile, StateRecord, Subject } from './state';

/** Where records say who has the word about a field: whose record it is, and what it is called there. */
export interface LayerPlace {
  readonly clusterType: string;
  readonly app: string;
  readonly field: string;
  /** Whether it is a map that is rendered as something else: no field of its own says which of its values it is. */
  readonly isMap?: boolean;
  /** The field that it follows from where no layer but the base says it. @default - it follows from none */
  readonly follows?: string;
  /** Where it may be said besides: in a setting of members, or beside the layers of values. @default - nowhere */
  readonly besides?: LayerPlace;
}

/** The member settings of a fleet of hubs, and the releases of a group of it: apps that render nothing of their own. */
const settings = { clusterType: membersName, app: settingsName } as const;
const releases = 'releases';

/** A setting of members. */
export function settingPlace(field: string): LayerPlace {
  return { ...settings, field };
}

/** How computed labels of members are called where a fleet does not say otherwise. */
const releaseLabel = /^(.+)Release$/;
const remoteLabel = /^enable_remote_(.+)$/;
const enableLabel = /^enable_(.+)$/;

/** Whether an Application says a field because its charts are opened, and nobody writes it: where its objects lie. */
export function isOfObjects(field: string): boolean {
  return /^(manifests(\.|$)|annotations\.'argocd\.argoproj\.io\/manifest-generate-paths'$)/.test(field);
}

/** Finds where records speak of the fields of files. */
export class LayerPlaces {
  readonly #isOfHubs: boolean;
  readonly #records: readonly StateRecord[];
  readonly #labels = new Map<string, LayerPlace>();

  constructor({ fleet, records }: State) {
    this.#isOfHubs = fleet.topology === 'hub-and-spoke';
    this.#records = records;
  }

  /** @returns `undefined` where no layer has a word about it */
  of({ clusterType }: Pick<StateFile, 'clusterType'>, { app, object }: Subject, field: string): LayerPlace | undefined {
    if (object === undefined || object === 'values') {
      // What charts are told, an Application says no longer.
      if (!this.#isOfHubs && (isOfObjects(field) || isToldToCharts(field)) && field !== 'hydrate')
        return { clusterType, app, field, besides: { clusterType, app, field: 'hydrate' } };
      if (!this.#isOfHubs || object !== undefined) return { clusterType, app, field };
      // Which release a member gets its group says, and with it all that the release does.
      if (field === 'release') return { clusterType, app: releases, field };
      const keys = fieldKeys(field);
      if (!keys) return { clusterType, app, field };
      const follows = followedField(keys);
      const [home, own] = [homeOfComponent(keys), keysBesideValues(keys)];
      const besides = home === undefined ? own && { clusterType, app, field: fieldText(own), isMap: true } : settingPlace(home);
      return {
        clusterType,
        app,
        field: fieldText(componentKeys(keys)),
        isMap: true,
        ...(follows === undefined ? {} : { follows }),
        ...(besides === undefined ? {} : { besides }),
      };
    }
    return this.#isOfHubs && clusterType === settings.clusterType ? this.#ofSettings(object, field) : undefined;
  }

  /** Who deploys a group to a member: as the settings say it, the first of these that has another layer. */
  get deployer(): readonly LayerPlace[] {
    return ['manages', 'model'].map((field) => ({ ...settings, field }));
  }

  #ofSettings(object: string, field: string): LayerPlace | undefined {
    const home = homeOfObject(fieldKeys(field) ?? []);
    if (home !== undefined) return settingPlace(home);
    const [, repository] = /^bootstrap\/repositories\/(.+?)(?:-token)?$/.exec(object) ?? [];
    if (repository !== undefined) return { ...settings, field: fieldText(['repositories', repository]), isMap: true };
    if (object === 'bootstrap/secret-store') return { ...settings, field: 'secretStore', isMap: true };
    const [, store] = /^bootstrap\/secret-stores\/(.+)$/.exec(object) ?? [];
    if (store !== undefined) return { ...settings, field: fieldText(['secretStores', store]), isMap: true };
    const keys = fieldKeys(field) ?? [];
    const inTemplate = keys.slice(0, 4).join('.') === 'spec.target.template.metadata' ? keys.slice(4) : [];
    const [kind = '', key = ''] = inTemplate;
    if (kind === 'labels') return this.#ofLabel(key);
    if (kind === 'annotations') return { ...settings, field: fieldText([kind, key]) };
    if (keys[1] === 'secretStoreRef') return { ...settings, field: 'secretStore', isMap: true };
    // Where its own secret is a cluster says alone, in no layer.
    if (keys.join('.') === 'spec.dataFrom.0.extract.key') return undefined;
    return object.includes('argocd/members/') ? { ...settings, field: 'registration', isMap: true } : undefined;
  }

  /** Labels follow from settings, or are said there. */
  #ofLabel(label: string): LayerPlace {
    let place = this.#labels.get(label);
    if (!place) {
      place = this.#computed(label) ?? { ...settings, field: fieldText(['labels', label]) };
      this.#labels.set(label, place);
    }
    return place;
  }

  #computed(label: string): LayerPlace | undefined {
    if (label === 'use_remote_argo') return { ...settings, field: 'model' };
    const [, ofRelease] = releaseLabel.exec(label) ?? [];
    if (this.#records.some(({ clusterType }) => clusterType === ofRelease)) return { clusterType: ofRelease as string, app: releases, field: 'release' };
    const [, group] = remoteLabel.exec(label) ?? [];
    if (this.#records.some(({ clusterType }) => word(clusterType) === group)) return { ...settings, field: 'manages' };
    const [, component] = enableLabel.exec(label) ?? [];
    const found = this.#records.find(({ app }) => word(app) === component);
    return found && { clusterType: found.clusterType, app: found.app, field: 'enabled' };
  }
}

/** `-` is written `_` in labels that are made of names. */
function word(name: string): string {
  return name.replaceAll('-', '_');
}
