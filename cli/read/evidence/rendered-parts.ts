import type { Content, State, StateFile } from '../../../changes/state';
import { subjectOf } from '../../../changes/state';
import { type AnyFleet, HubFleet, type MemberView } from '../../../constructs';
import { isMap } from '../../../layers/plain-data';
import { membersName } from '../../../layers/record';
import type { OwnedApplication, Owner, RenderedPart } from '../../../rollout/evidence/running';
import type { LoadedFleet } from '../load-fleet';

/** Where the Applications of a target are: of hubs and spokes, by whose Argo CD deploys them. */
export class RenderedParts {
  readonly #fleet: AnyFleet;
  readonly #topology: State['fleet']['topology'];
  /** Of hubs and spokes, by name. */
  readonly #members: ReadonlyMap<string, MemberView>;
  readonly #contents: ReadonlyMap<StateFile, Content>;

  /** @param files those that will be asked about: they are read at once */
  constructor({ fleet, output }: Pick<LoadedFleet, 'fleet' | 'output'>, state: State, files: readonly StateFile[]) {
    this.#fleet = fleet;
    this.#members = new Map(output.members.map((member) => [member.name, member]));
    this.#topology = state.fleet.topology;
    const contents = state.read(files);
    this.#contents = new Map(files.map((file, index) => [file, contents[index] as Content]));
  }

  /** @param hub whose Argo CD is meant where there is no file */
  of(target: string, clusterType: string, files: readonly StateFile[], hub: string): readonly RenderedPart[] {
    const { path } = this.#fleet;
    if (!(this.#fleet instanceof HubFleet)) {
      return [{ folder: `${path}/${clusterType}/${target}`, rendered: files.flatMap((file) => this.#rendered(file)) }];
    }
    const deployers = files.length === 0 ? [hub] : [...new Set(files.map((file) => this.#deployerOf(file)))];
    return deployers.map((deployer) => {
      const theirs = files.filter((file) => this.#deployerOf(file) === deployer);
      return { folder: `${path}/${this.#kindOf(deployer)}s/${deployer}/argocd`, rendered: theirs.flatMap((file) => this.#rendered(file)) };
    });
  }

  /** Which Applications are a target's that Git does not render. */
  ownerOf(target: string): Owner {
    if (!(this.#fleet instanceof HubFleet)) return 'root';
    const { labelPrefix } = this.#fleet;
    return { label: `${labelPrefix}/cluster`, value: nameIn(target), group: `${labelPrefix}/group` };
  }

  #kindOf(member: string): 'hub' | 'spoke' {
    return this.#members.get(member)?.kind ?? 'hub';
  }

  /** What a member starts with is its own Argo CD's; the rest says whose it is. */
  #deployerOf(file: StateFile): string {
    const [first = '', second] = file.path.split('/');
    return file.clusterType === membersName && second !== 'argocd' ? nameIn(file.target) : first;
  }

  /** An ApplicationSet makes Applications where it is itself: with the Argo CD that deploys them. */
  #namespaceOf(file: StateFile): string | undefined {
    return this.#fleet instanceof HubFleet ? this.#members.get(this.#deployerOf(file))?.home.platformNamespace : undefined;
  }

  #rendered(file: StateFile): readonly OwnedApplication[] {
    const { kind, metadata, spec, values, templatePatch } = (this.#contents.get(file) ?? {}) as Content & {
      readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
    };
    if (kind !== 'Application' || typeof metadata?.name !== 'string') return [];
    const { clusterType, target } = file;
    const { app, object } = subjectOf(file, this.#topology);
    const fill = filling(nameIn(target), isMap(values) ? values : {});
    const namespace = typeof metadata.namespace === 'string' ? fill(metadata.namespace) : this.#namespaceOf(file);
    return [
      {
        ...{ clusterType, ...(object === undefined ? { app } : {}) },
        name: fill(metadata.name),
        ...(namespace === undefined ? {} : { namespace }),
        ...(templatePatch === undefined ? { spec: mapped(spec, fill) } : {}),
      },
    ];
  }
}

/** What a generator knows is filled in here; the rest may be anything. */
function filling(name: string, values: Readonly<Record<string, unknown>>): (text: string) => string {
  return (text) =>
    text.replace(/\{\{\s*\.(?:(name|nameNormalized)|values\.(\w+))\s*\}\}/g, (all, isName: string | undefined, key: string) => {
      const value = isName === undefined ? values[key] : name;
      return value === undefined ? all : String(value);
    });
}

function mapped(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, fill));
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, fill)])) : value;
}

/** The last part of a path: a member, where targets are members. */
export function nameIn(target: string): string {
  return target.slice(target.lastIndexOf('/') + 1);
}
