import {
  type AnyFleet,
  type ClusterType,
  ComponentGroup,
  DimensionNode,
  FleetApp,
  FleetAppGroup,
  type FleetOutput,
  HubFleet,
  type OutputFile,
} from '../../constructs';
import { pathsTo } from '../../layers/hierarchy';
import { mapStrings, showTokens } from '../../layers/text/token';
import type { AppRecord, FileRecord, FleetRecord, TargetRecord } from './record';

/** A fleet as tests see it: all that is rendered of it, as plain data without invisible characters. @throws FleetError with everything wrong with it */
export function recordOf(fleet: AnyFleet, output: FleetOutput = fleet.synth()): FleetRecord {
  const documents = new Documents();
  const apps = fleet.clusterTypes.flatMap(appsOf);
  const targets: TargetRecord[] = [];
  for (const { clusterType, path, folder } of output.effects()) {
    const names = apps.filter((app) => app.clusterType === clusterType).map(({ name }) => name);
    targets.push({ clusterType, path, files: folder.files.flatMap((file) => fileRecord(file, names, documents)) });
  }
  return {
    topology: fleet instanceof HubFleet ? 'hub-and-spoke' : 'dimensions',
    dimensions: fleet.dimensions.map(({ singular }) => singular),
    paths: [...new Set([...pathsBelow(fleet.node.children), ...targets.flatMap((target) => pathsTo(target.path))])],
    clusterTypes: output.clusterTypes,
    apps,
    members: mapStrings(output.members, showTokens),
    warnings: output.warnings,
    documents: documents.all,
    targets,
  };
}

/** Documents by number: targets share most of them. */
class Documents {
  readonly all: unknown[] = [];
  readonly #numbers = new Map<unknown, number>();

  numberOf(document: unknown, shown: (document: unknown) => unknown): number {
    let number = this.#numbers.get(document);
    if (number === undefined) {
      number = this.all.push(shown(document)) - 1;
      this.#numbers.set(document, number);
    }
    return number;
  }
}

function fileRecord(file: OutputFile, names: readonly string[], documents: Documents): readonly FileRecord[] {
  if (file.kind === 'template' || file.kind === 'manifest')
    return [{ path: file.path, app: appOf(file, names), document: documents.numberOf(file.document, shown) }];
  if (file.kind === 'helm-values')
    return [{ path: file.path, app: appOf(file, names), isValues: true, document: documents.numberOf(file.values.plain, shown) }];
  return [];
}

/** `templates/{app}.yaml`, `{whose Argo CD}/{component}.yaml`, `values/{group}/{component}.yaml`; what else is there is no app itself. */
function appOf({ path }: OutputFile, names: readonly string[]): string | undefined {
  const [top, name] = [path.slice(0, path.indexOf('/')), path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length)];
  return top !== 'manifests' && top !== 'bootstrap' && !path.includes('/argocd/') && names.includes(name) ? name : undefined;
}

/** A token as the expression that it stands for, and what a generator fills in as it fills it in. */
function shown(document: unknown): unknown {
  const text = mapStrings(document, showTokens);
  const { values, ...rest } = text as { readonly values?: { readonly [name: string]: unknown }; readonly kind?: unknown };
  if (rest.kind !== 'Application' || values === undefined) return text;
  return mapStrings(rest, (string) => string.replace(/\{\{-?\s*\.values\.(\w+)\s*-?\}\}/g, (whole, name: string) => String(values[name] ?? whole)));
}

function appsOf(clusterType: ClusterType): readonly AppRecord[] {
  const found =
    clusterType instanceof ComponentGroup
      ? clusterType.components
      : clusterType.node.children.flatMap((child) => (child instanceof FleetAppGroup ? child.apps : child instanceof FleetApp ? [child] : []));
  return found.map(({ name, kind, description, owners }) => ({
    clusterType: clusterType.name,
    name,
    kind,
    ...(description === undefined ? {} : { description }),
    owners,
  }));
}

function pathsBelow(nodes: readonly unknown[]): readonly string[] {
  return nodes.flatMap((node) => (node instanceof DimensionNode ? [node.path, ...pathsBelow(node.node.children)] : []));
}
