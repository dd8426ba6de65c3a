import { compare } from '../../layers/problem';
import { baseLayer, fieldText, membersName, releasesName, settingsName } from '../../layers/record';
import { inConfigurationsWords } from '../fields';
import { type Content, type State, type StateFile, subjectOf } from '../state';
import { StateLayers } from '../state-layers';
import type { AppContents, FleetContents } from './contents';
import { homeOfValues } from './home-field';
import { type LastWord, lastWordOf } from './last-word';

/** The files of an app, by target. */
interface AppFiles {
  readonly clusterType: string;
  readonly app: string;
  readonly own: Map<string, StateFile>;
  /** In fleets of hubs: for the app's chart. */
  readonly values: Map<string, StateFile>;
}

/** Which apps are asked about, and where. */
export interface AskedContents {
  readonly isApp?: (clusterType: string, app: string) => boolean;
  readonly isTarget?: (target: string) => boolean;
}

/** What the apps of a state say. Nothing is read before it is asked for, and then everything that is asked about at once. */
export function stateContents(state: State, { isApp = () => true, isTarget = () => true }: AskedContents = {}): FleetContents {
  const { topology } = state.fleet;
  const found = new Map<string, AppFiles>();
  const add = (clusterType: string, app: string) => {
    const key = `${clusterType}/${app}`;
    const known = found.get(key) ?? { clusterType, app, own: new Map(), values: new Map() };
    found.set(key, known);
    return known;
  };
  // Members' settings and the releases of groups are no apps, and are recorded as if they were.
  if (topology === 'dimensions') for (const { clusterType, app } of state.records) add(clusterType, app);
  for (const file of state.files) {
    if (!isTarget(file.target)) continue;
    const { app, object } = subjectOf(file, topology);
    if (object === undefined) add(file.clusterType, app).own.set(file.target, file);
    else if (object === 'values') add(file.clusterType, app).values.set(file.target, file);
  }
  const asked = [...found.values()].filter(({ clusterType, app }) => isApp(clusterType, app));
  const read = readOnce(state, asked);
  const layers = new StateLayers(state);
  const lastWord = lastWordOf(state, layers);
  const order = new Map([...state.targets.keys()].map((name, index) => [name, index]));
  const apps = asked.map((files) => appContents(files, state, read, { lastWord, layers }));
  return {
    name: state.name,
    topology,
    ...(state.notes === undefined ? {} : { notes: state.notes }),
    targets: state.targets,
    apps: apps.sort((a, b) => (order.get(a.clusterType) ?? 0) - (order.get(b.clusterType) ?? 0) || compare(a.app, b.app)),
  };
}

/** Reads the files of all apps with the first of them. */
function readOnce(state: State, asked: readonly AppFiles[]): (file: StateFile) => Content {
  let contents: ReadonlyMap<StateFile, Content> | undefined;
  return (file) => {
    if (!contents) {
      const files = asked.flatMap(({ own, values }) => [...own.values(), ...values.values()]);
      const read = state.read(files);
      contents = new Map(files.map((one, index) => [one, read[index] as Content]));
    }
    return contents.get(file) as Content;
  };
}

/** Who has the last word. */
interface Sayers {
  readonly lastWord: LastWord;
  readonly layers: StateLayers;
}

function appContents({ clusterType, app, own, values }: AppFiles, state: State, read: (file: StateFile) => Content, { lastWord, layers }: Sayers): AppContents {
  const isOfHubs = state.fleet.topology !== 'dimensions';
  const contents = new Map<string, Content>();
  const contentAt = (target: string) => {
    const file = own.get(target) as StateFile;
    const chart = values.get(target);
    const key = `${file.id} ${chart?.id}`;
    let content = contents.get(key);
    if (!content) {
      const said = inConfigurationsWords(read(file));
      content = chart ? { ...said, values: read(chart) } : said;
      contents.set(key, content);
    }
    return content;
  };
  const homeLayer = (keys: readonly string[], target: string) => {
    const setting = isOfHubs ? homeOfValues(contentAt(target), keys) : undefined;
    const layer = setting === undefined ? undefined : lastWord(membersName, settingsName, setting, target);
    return layer === baseLayer ? undefined : layer;
  };
  return {
    clusterType,
    app,
    targets: (state.targets.get(clusterType) ?? []).filter((target) => own.has(target)),
    contentAt,
    layerOf: (keys, target) => homeLayer(keys, target) ?? lastWord(clusterType, app, fieldText(keys), target),
    // A component is said by its release and by the settings of the member as well.
    layersAt: (target) =>
      [[clusterType, app] as const, ...(isOfHubs ? [[clusterType, releasesName] as const, [membersName, settingsName] as const] : [])]
        .map(([type, one]) => layers.alike(type, one, target))
        .join(';'),
  };
}
