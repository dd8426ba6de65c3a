import { definedScope, knownScope, type Scope } from '../../../layers/charts/object-scope';
import { getOr } from '../../../layers/get-or';
import type { Plain } from '../../../layers/layer';
import type { Manifest, OutputFile, SharedFiles } from '../../../layers/output';
import type { Problem } from '../../../layers/problem';
import type { SpecAt } from '../../argocd/application-specs';
import { type AskedObject, type ObjectField, ObjectPermissions } from '../../argocd/projects/object-permissions';
import { targetKey } from '../../resolve/target-key';
import type { Target } from '../../tree/config/target';
import type { Place } from '../place';
import type { RenderedApp } from '../rendered-app';
import { type Project, type Projects, projectsIn } from './known-project';
import { type DeployedObject, objectsIn } from './objects-in';
import { type RefusedObjects, refusedRemark } from './refused-objects';

/** An app at a target whose objects its project has to allow. */
interface Asked {
  readonly app: RenderedApp;
  readonly target: Target;
  readonly project: RenderedProject;
  readonly destination: Plain | undefined;
}

type RenderedProject = Project & { readonly manifest: Manifest };

/** What lies in `manifests/` of a target. */
export interface ManifestFiles {
  readonly own: readonly OutputFile[];
  /** What other targets have alike. */
  readonly shared: readonly SharedFiles[];
}

/** An object that a project does not allow, and which of its fields says so. */
type Denied = readonly [field: ObjectField, object: AskedObject & DeployedObject];

interface Refused extends RefusedObjects {
  readonly objects: Map<string, AskedObject>;
  readonly at: Asked[];
}

const fields: readonly ObjectField[] = [
  'clusterResourceWhitelist',
  'clusterResourceBlacklist',
  'namespaceResourceWhitelist',
  'namespaceResourceBlacklist',
  'destinations',
];

/**
 * Whether projects of the fleet allow the objects of their apps, as far as these lie in Git: those of opened charts and of
 * workloads. Asked when all are known, for a kind that somebody made is known where its definition is.
 */
export class ObjectCheck {
  readonly #asked: Asked[] = [];

  /** Takes down the apps of a target that have objects. @param projects of the Argo CD in which its Applications live */
  add({ target, apps, chart }: Place, projects: Projects): void {
    for (const app of apps) {
      const { construct } = app.app;
      const hasObjects = (app.rendition.charts?.length ?? 0) > 0 || (app.rendition.enabled && construct.workloads !== undefined);
      if (!hasObjects) continue;
      const touched = chart?.objects.find((object) => object.app === construct.name && !object.isUntouched)?.manifest;
      const [named] = projectsIn(touched ?? (app.rendition.written as Manifest));
      const [at, name] = named ?? ([] as readonly [SpecAt?, string?]);
      const project = projects.get(name ?? '');
      if (isRendered(project) && !project.isWrong(fields)) this.#asked.push({ app, target, project, destination: at?.spec.destination });
    }
  }

  *problems(targets: Iterable<Target>, filesAt: (target: Target) => ManifestFiles): Generator<Problem> {
    if (this.#asked.length === 0) return;
    const scopeOf = scopesIn(targets, filesAt);
    const permissions = new KnownPermissions();
    const found = new Map<string, Refused>();
    const known = new Map<ObjectPermissions, Map<readonly OutputFile[], readonly Denied[]>>();
    for (const asked of this.#asked) {
      const { app, project, target } = asked;
      const { construct } = app.app;
      const allowed = permissions.of(asked);
      const deniedAmong = (files: readonly OutputFile[]) =>
        documentsIn(files)
          .flatMap(objectsIn)
          .flatMap((object): readonly Denied[] => {
            const scope = scopeOf(object.groupKind);
            const field = scope && allowed.refusal({ ...object, scope });
            return scope && field ? [[field, { ...object, scope }]] : [];
          });
      const { own, shared } = filesAt(target);
      const folder = `manifests/${construct.name}`;
      const denied = [
        ...deniedAmong(own.filter(({ path }) => path.startsWith(`${folder}/`))),
        ...shared
          .filter(({ path }) => path === folder)
          .flatMap(({ files }) =>
            getOr(
              getOr(known, allowed, () => new Map()),
              files,
              () => deniedAmong(files),
            ),
          ),
      ];
      for (const [field, object] of denied) {
        const key = [construct.clusterType.name, construct.name, project.name, field].join('\n');
        const refused = getOr(found, key, () => ({ construct, project, field, objects: new Map(), at: [] }));
        refused.objects.set(JSON.stringify([object.groupKind, object.namespace, object.name]), object);
        if (refused.at.at(-1) !== asked) refused.at.push(asked);
      }
    }
    for (const refused of found.values()) {
      const remark = refusedRemark(refused, [...refused.objects.values()]);
      for (const { app, target, project } of refused.at) {
        const see = project.placeOf(refused.field);
        yield { ...app.rendition.problemOf(remark), ...(see.file === undefined ? {} : { see }), target: targetKey(target) };
      }
    }
  }
}

function isRendered(project: Project | undefined): project is RenderedProject {
  return project?.manifest !== undefined;
}

/** Each pair of a project and a destination is asked again and again. */
class KnownPermissions {
  readonly #known = new Map<object, Map<string, ObjectPermissions>>();

  of({ project: { key, manifest }, destination }: Asked): ObjectPermissions {
    const ofProject = getOr(this.#known, key, () => new Map<string, ObjectPermissions>());
    return getOr(ofProject, JSON.stringify(destination ?? null), () => new ObjectPermissions(manifest, destination));
  }
}

function documentsIn(files: readonly OutputFile[]): readonly Manifest[] {
  return files.flatMap((file) => (file.kind === 'manifest' ? [file.document] : []));
}

/** What is known of kinds: those that every cluster has, and those whose definitions the fleet itself brings. */
function scopesIn(targets: Iterable<Target>, filesAt: (target: Target) => ManifestFiles): (groupKind: string) => Scope | undefined {
  const defined = new Map<string, Scope | undefined>();
  const seen = new Set<object>();
  const add = (files: readonly OutputFile[]) => {
    for (const document of documentsIn(files)) {
      if (seen.has(document)) continue;
      seen.add(document);
      const [groupKind, scope] = definedScope(document) ?? [];
      // Two that do not agree say nothing.
      if (groupKind !== undefined) defined.set(groupKind, defined.has(groupKind) && defined.get(groupKind) !== scope ? undefined : scope);
    }
  };
  for (const target of targets) {
    const { own, shared } = filesAt(target);
    add(own);
    for (const { files } of shared) {
      if (!seen.has(files)) add(files);
      seen.add(files);
    }
  }
  return (groupKind) => knownScope(groupKind) ?? defined.get(groupKind);
}
