import type { Manifest } from '../../../layers/output';
import type { Problem } from '../../../layers/problem';
import { silenceHint } from '../../../layers/silenced';
import { isNearKey } from '../../../layers/text/near-key';
import { asksFor } from '../../../layers/text/nearest';
import type { SpecAt } from '../../argocd/application-specs';
import { judgeRemark } from '../../argocd/judge-remark';
import type { Remark } from '../../argocd/manifest-rule';
import { type Refusal, refusals } from '../../argocd/projects/permissions';
import type { Model } from '../../resolve/model';
import { targetKey } from '../../resolve/target-key';
import { originOf } from '../../tree/origin';
import type { Place } from '../place';
import type { Rendition } from '../rendition';
import { type Project, type Projects, projectsIn, projectsOf, shownPatterns } from './known-project';
import type { ObjectCheck } from './object-check';

const none: Projects = new Map();

/** What an Application is held against. */
const allowing: readonly string[] = ['sourceRepos', 'destinations', 'sourceNamespaces'];

/**
 * Whether the project that an app names allows it, at every target, as far as the fleet says what projects allow: those of
 * the Argo CD that its Application lives in. Each pair of what is rendered is looked at once.
 */
export class ProjectCheck {
  readonly #known = new WeakMap<Rendition, WeakMap<object, readonly Problem[]>>();
  /** Whether code may make some, or an app is one. */
  readonly #mayHave: boolean;
  readonly #objects: ObjectCheck;

  /** @param objects asks of the objects of each app when they are known */
  constructor({ clusterTypes }: Model, objects: ObjectCheck) {
    this.#objects = objects;
    this.#mayHave = clusterTypes.some(({ apps, construct }) => construct.customizations.length > 0 || apps.some((app) => app.construct.kind === 'AppProject'));
  }

  /** @param places all of one path */
  *problems(places: readonly Place[]): Generator<Problem> {
    if (!this.#mayHave && places.every(({ chart }) => chart === undefined)) return;
    const projects = new Map(places.map((place) => [place.clusterType.name, projectsOf(place)]));
    for (const place of places) {
      const found = projects.get(place.clusterType.home) ?? none;
      if (found.size === 0) continue;
      this.#objects.add(place, found);
      yield* this.#problemsAt(place, found);
    }
  }

  *#problemsAt(place: Place, projects: Projects): Generator<Problem> {
    const target = targetKey(place.target);
    const touched = new Set(place.chart?.objects.flatMap(({ app, isUntouched }) => (isUntouched ? [] : [app])));
    for (const { app, rendition } of place.apps) {
      if (!rendition.written || touched.has(app.construct.name)) continue;
      for (const [at, name] of projectsIn(rendition.written)) {
        for (const problem of this.#ofApp(rendition, at, name, projects)) yield { ...problem, target };
      }
    }
    for (const { manifest, app: name, isUntouched } of place.chart?.objects ?? []) {
      if (isUntouched) continue;
      const app = place.apps.find((candidate) => candidate.app.construct.name === name)?.app.construct;
      const origin = app ? originOf(app) : place.chart?.origin;
      for (const [at, project] of projectsIn(manifest)) {
        for (const remark of remarksOn(manifest, at, project, projects)) {
          yield { ...judgeRemark(app ?? place.clusterType.construct, remark), app: name, target, ...origin, place: [...(origin?.place ?? []), ...remark.path] };
        }
      }
    }
  }

  #ofApp(rendition: Rendition, at: SpecAt, name: string, projects: Projects): readonly Problem[] {
    const key = projects.get(name)?.key ?? none;
    const known = this.#known.get(rendition) ?? new WeakMap<object, readonly Problem[]>();
    this.#known.set(rendition, known);
    const problems = known.get(key) ?? remarksOn(rendition.written as Manifest, at, name, projects).map((remark) => rendition.problemOf(remark));
    known.set(key, problems);
    return problems;
  }
}

function remarksOn(application: Manifest, at: SpecAt, name: string, projects: Projects): readonly Remark[] {
  const project = projects.get(name);
  const path = [...at.path, 'project'];
  if (project?.isWrong(allowing)) return [];
  if (project?.manifest) return refusals(project.manifest, at, application).map((refusal) => refused(project, refusal));
  if (project) {
    const message = `the project '${name}' is not rendered where the app is`;
    return [silenceable({ code: 'project', path, message }, 'enable the project there too, or disable the app')];
  }
  // Any other name may be a project that somebody else makes.
  const meant = name === 'default' ? undefined : [...projects.keys()].find((known) => isNearKey(name, known));
  if (meant === undefined) return [];
  return [silenceable({ code: 'project', severity: 'warning', path, message: `'${name}' is no project of the fleet` }, asksFor(meant))];
}

/** Argo CD may know of projects, and of what they allow, what the fleet does not. */
function silenceable(remark: Remark, advice: string): Remark {
  const key = remark.path.slice(1).join('.');
  return { ...remark, key, hint: silenceHint('project', key, advice) };
}

function refused({ name, file }: Project, { what, path, found, allowed, field }: Refusal): Remark {
  const remark: Remark = {
    code: 'project',
    path,
    message: `the project '${name}' does not allow the ${what}`,
    expected: `what its \`${field}\` allows: ${shownPatterns(allowed)}`,
    found: `'${found}'`,
  };
  return silenceable(remark, `allow it in \`${field}\` of ${file ?? 'the project'}, or change the app`);
}
