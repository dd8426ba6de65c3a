import type { FleetContents } from '../../../changes/contents/contents';
import { stateContents } from '../../../changes/contents/state-contents';
import { fieldsOf } from '../../../changes/fields';
import { type AnyFleet, FleetError, fleetFromConfig } from '../../../constructs';
import { isAtOrBelow, pathsTo } from '../../../layers/hierarchy';
import { fieldKeys, fieldText } from '../../../layers/record';
import { suggestion } from '../../../layers/text/nearest';
import { Revisions } from '../../../store/git/revisions';
import { readConfig } from '../../../store/read/read-config';
import { completeName } from '../complete-name';
import { completePath } from '../complete-path';
import { nodePaths } from '../node-paths';
import { gitState } from '../state/git-state';
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
export function askedContents({ config, at, ...names }: ContentsRequest): AskedFleet {
  const fleet = fleetFromConfig(readConfig(config));
  if (at === undefined) {
    const all = configContents(fleet);
    const { isApp, ...asked } = namesIn(all, names);
    return { ...asked, contents: { ...all, apps: all.apps.filter(({ clusterType, app }) => isApp(clusterType, app)) } };
  }
  const state = stateAt(fleet, config, at);
  const { isApp, below, isOneApp } = namesIn(stateContents(state), names);
  return { below, isOneApp, contents: stateContents(state, { isApp, isTarget: (target) => below === undefined || isAtOrBelow(target, below) }) };
}

function stateAt(fleet: AnyFleet, config: string, at: string) {
  const revisions = new Revisions(config);
  const revision = revisions.resolve(at, { dates: true });
  const dimensions = fleet.dimensions.map(({ singular }) => singular);
  const sequence = nodePaths(fleet).filter((path) => path.split('/').length === dimensions.length);
  return gitState(revisions.repository, revision, { config, path: fleet.path, dimensions, sequence });
}

function namesIn(
  { topology, targets, apps, name: moment }: FleetContents,
  { app, clusterType, below }: Omit<ContentsRequest, 'config' | 'at'>,
): { readonly isApp: (clusterType: string, app: string) => boolean; readonly below?: string; readonly isOneApp: boolean } {
  const isHub = topology === 'hub-and-spoke';
  const [typeNoun, appNoun] = isHub ? ['group', 'component'] : ['cluster type', 'app'];
  const of = moment === 'the configuration' ? '' : ` in ${moment}`;
  const slash = app?.indexOf('/') ?? -1;
  const wantedType = clusterType ?? (slash < 0 ? undefined : app?.slice(0, slash));
  const wantedApp = slash < 0 ? app : app?.slice(slash + 1);
  const types = [...new Set(apps.map((one) => one.clusterType))];
  const type = wantedType === undefined ? undefined : completeName(wantedType, { known: types, noun: typeNoun as string, nouns: `${typeNoun}s`, context: of });
  const candidates = [...new Set(apps.flatMap((one) => (type === undefined || one.clusterType === type ? [one.app] : [])))];
  const context = type === undefined ? of : ` in ${type}${of && `,${of}`}`;
  const name = wantedApp === undefined ? undefined : completeName(wantedApp, { known: candidates, noun: appNoun as string, nouns: `${appNoun}s`, context });
  const paths = [...new Set([...targets.values()].flatMap((all) => all.flatMap(pathsTo)))];
  return {
    isApp: (ofType, one) => (type === undefined || ofType === type) && (name === undefined || one === name),
    ...(below === undefined ? {} : { below: completePath(below, paths, of) }),
    isOneApp: name !== undefined,
  };
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
