import { isMap } from '../../layers/plain-data';
import { sectionNames, type YamlComponent } from '../yaml-fleet/yaml-fleet';

/** How a component becomes a file. */
export interface FilePlan {
  /** Without ending. */
  readonly name: string;
  /** Whether the file names its apps itself: where there are several, and where a file cannot be called like the app. */
  readonly isGroup: boolean;
}

/** The file of each component of a cluster type. A file with one app is called like it; others are called as is free. */
export function fileNames(components: readonly YamlComponent[]): ReadonlyMap<YamlComponent, FilePlan> {
  const plans = new Map<YamlComponent, FilePlan>();
  const taken = new Set<string>();
  for (const component of components) {
    const [app, another] = appNames(component);
    if (app === undefined || another !== undefined || !isUsable(app)) continue;
    plans.set(component, { name: app, isGroup: false });
    taken.add(app.toLowerCase());
  }
  for (const component of components) {
    if (plans.has(component)) continue;
    const isFree = (name: string) => isUsable(name) && !taken.has(name.toLowerCase());
    const name = freeName(component.name.replace(/^[._]+/, '') || 'apps', isFree);
    plans.set(component, { name, isGroup: true });
    taken.add(name.toLowerCase());
  }
  return plans;
}

function appNames({ values }: YamlComponent): readonly string[] {
  return sectionNames.flatMap((section) => {
    const apps = values.content[section];
    return isMap(apps) ? Object.keys(apps) : [];
  });
}

/** Whether a file of this name is read as an app's. */
function isUsable(name: string): boolean {
  return name !== 'defaults' && !/^[._]|\.(d|test|spec)$/.test(name);
}

function freeName(name: string, isFree: (name: string) => boolean): string {
  if (isFree(name)) return name;
  let free = `${name}-apps`;
  for (let count = 2; !isFree(free); count += 1) free = `${name}-apps-${count}`;
  return free;
}
