import type { FleetContents } from '../../../changes/contents/contents';
import { stateContents } from '../../../changes/contents/state-contents';
import { fieldsOf } from '../../../changes/fields';
import { FleetError, fleetFromConfig } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { fieldKeys, fieldText } from '../../../layers/record';
import { suggestion } from '../../../layers/text/nearest';
import { readConfig } from '../../../store/read/read-config';
import { askedState } from '../state/asked-state';
import { askedNames } from './asked-names';
import { configContents } from './config-contents';

/** What a command line asks of the apps of a fleet. */
export interface ContentsRequest {
  readonly config: string;
  /** An app's name, alone or behind its cluster type: `management-cluster/cert-manager`. @default - all */
  readonly app?: string;
  readonly clusterType?: string;
  /** A node or a target. @default - everywhere */
  readonly below?: string;
  /** A commit or a date. @default - what the configuration says now */
  readonly at?: string;
}

/** What is asked for, under its full names. */
export interface AskedFleet {
  readonly contents: FleetContents;
  readonly below?: string;
  /** Whether one app was asked for by its name. */
  readonly isOneApp: boolean;
}

/** @throws FleetError with a suggestion where a name is none; with what is wrong with the configuration, or with the commit */
export function askedContents({ config, at, app, clusterType, below }: ContentsRequest): AskedFleet {
  const fleet = fleetFromConfig(readConfig(config));
  const state = at === undefined ? undefined : askedState(fleet, config, at).state;
  const all = state ? stateContents(state) : configContents(fleet);
  const names = askedNames(state ?? { ...all, fleet: all }, { app, clusterType, nodes: below === undefined ? [] : [below], apps: all.apps });
  const [node] = names.nodes;
  const asked = { ...(node === undefined ? {} : { below: node }), isOneApp: app !== undefined };
  if (!state) return { ...asked, contents: { ...all, apps: all.apps.filter((one) => names.isApp(one.clusterType, one.app)) } };
  return { ...asked, contents: stateContents(state, { isApp: names.isApp, isTarget: (target) => node === undefined || isAtOrBelow(target, node) }) };
}

/**
 * @param field as `layers/record` writes it
 * @throws FleetError (`unknown-field`) with a suggestion, where no app has it anywhere
 */
export function unknownField(field: string, { apps }: FleetContents): FleetError {
  const known = new Set<string>();
  const seen = new Set<object>();
  for (const app of apps) {
    for (const target of app.targets) {
      const content = app.contentAt(target);
      if (seen.has(content)) continue;
      seen.add(content);
      for (const one of fieldsOf(content).keys()) {
        const keys = fieldKeys(one) ?? [];
        for (const [index] of keys.entries()) known.add(fieldText(keys.slice(0, index + 1)));
      }
    }
  }
  const depthOf = (one: string) => fieldKeys(one)?.length;
  const alike = [...known].filter((one) => depthOf(one) === depthOf(field));
  return new FleetError([
    {
      code: 'unknown-field',
      message: `no app says anything of '${field}'${apps.length === 1 ? '' : ', anywhere'}`,
      hint: suggestion(field, alike.length > 0 ? alike : known, 'fields'),
    },
  ]);
}
