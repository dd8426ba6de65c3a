import type { ChartFinding, ChartInput, ChartObjects, ChartRenderer } from '../../../layers/charts/chart-input';
import type { Manifest, OutputFile } from '../../../layers/output';
import type { Problem, Problems } from '../../../layers/problem';
import { judgeRemark } from '../../argocd/judge-remark';
import { remarksOn } from '../../argocd/manifest-rules';
import { targetKey } from '../../resolve/target-key';
import type { Target } from '../../tree/config/target';
import { oldestArgoCD } from '../../tree/fleet-tree';
import type { LayeredApp } from '../../tree/layered-app';
import { originOf } from '../../tree/origin';
import { clashesAmong, fileNames } from '../object-files';
import type { RenderedApp } from '../rendered-app';

/** An app of a target whose charts are opened. */
interface Opened {
  readonly app: LayeredApp;
  readonly target: Target;
  readonly charts: readonly ChartInput[];
}

/** What charts give of an app: the same for every target where they are told the same. */
interface Given {
  readonly files: readonly OutputFile[];
  readonly problems: readonly Partial<Problem>[];
}

/**
 * The objects of charts that are opened. What charts are told is gathered target by target, for each of them is rendered once,
 * and all at once, when every app was looked at.
 */
export class HydratedFiles {
  readonly #problems: Problems;
  readonly #opened: Opened[] = [];
  readonly #files = new Map<string, OutputFile[]>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Takes the apps of a target down that are opened. */
  add(target: Target, apps: readonly RenderedApp[]): void {
    for (const { app, rendition } of apps) {
      if (rendition.charts && rendition.charts.length > 0) this.#opened.push({ app: app.construct, target, charts: rendition.charts });
    }
  }

  /** Files of `manifests/`. */
  at(target: Target): readonly OutputFile[] {
    return this.#files.get(targetKey(target)) ?? [];
  }

  /** Opens what was taken down. @param renderer @default - nobody can render charts here, which is a problem where one is opened */
  open(renderer: ChartRenderer | undefined): void {
    if (this.#opened.length === 0) return;
    const keys = new Map<ChartInput, string>();
    const distinct = new Map<string, ChartInput>();
    for (const { charts } of this.#opened) {
      for (const chart of charts) {
        if (keys.has(chart)) continue;
        const key = JSON.stringify(chart);
        keys.set(chart, key);
        distinct.set(key, chart);
      }
    }
    const rendered = renderer?.render([...distinct.values()]) ?? [...distinct].map(() => nobody);
    const objects = new Map([...distinct.keys()].map((key, index) => [key, rendered[index] as ChartObjects]));
    const given = new Map<string, Given>();
    for (const { app, target, charts } of this.#opened) {
      const own = charts.map((chart) => keys.get(chart) as string);
      const key = [app.clusterType.name, app.name, ...own].join('\n');
      let found = given.get(key);
      if (!found) {
        found = givenBy(
          app,
          own.map((one) => objects.get(one) as ChartObjects),
        );
        given.set(key, found);
      }
      const { file, place } = originOf(app);
      for (const problem of found.problems) {
        const at = { app: app.name, target: targetKey(target), file, place: [...place, 'hydrate'] };
        this.#problems.add({ code: 'hydrate', message: '', ...at, ...problem });
      }
      const files = this.#files.get(targetKey(target)) ?? [];
      files.push(...found.files);
      this.#files.set(targetKey(target), files);
    }
  }
}

const nobody: ChartObjects = {
  problems: [
    {
      code: 'hydrate',
      message: 'nobody opens charts here',
      hint: 'a fleet that is read from its configuration does (`fleetFromConfig` of `readConfig`, `npx fleet synth`)',
    },
  ],
};

function givenBy(app: LayeredApp, all: readonly ChartObjects[]): Given {
  const findings = all.flatMap((one): readonly ChartFinding[] => ('problems' in one ? one.problems : []));
  if (findings.length > 0) return { files: [], problems: findings };
  const objects = all.flatMap((one) => ('objects' in one ? one.objects : []));
  const names = numbered(fileNames(objects.map((manifest) => ({ manifest }))));
  const files = objects.map((document, index): OutputFile => ({ kind: 'manifest', path: `manifests/${app.name}/${names[index]}.yaml`, document }));
  const clashes = clashesAmong(files).map((message) => ({ code: 'duplicate-file' as const, message, hint: 'have one of its charts leave it out' }));
  return { files, problems: [...objects.flatMap((manifest) => objectProblems(app, manifest)), ...clashes, ...(objects.length === 0 ? [empty] : [])] };
}

/** Nobody here can give objects of somebody's chart other names: those that are called alike in a folder are counted. */
function numbered(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let count = 2; taken.has(free); count += 1) free = `${name}-${count}`;
    taken.add(free);
    return free;
  });
}

/** What is looked for in whatever becomes a manifest: of somebody's chart, what must not stand in Git. */
function objectProblems(app: LayeredApp, manifest: Manifest): readonly Partial<Problem>[] {
  return remarksOn({ maker: 'chart', written: manifest, manifest, argoCD: oldestArgoCD(app) }).map((found) => {
    const { severity, ...remark } = judgeRemark(app, found);
    const hint = found.code === 'secret-value' ? `${secretHint}; ${remark.hint ?? ''}` : remark.hint;
    const isTold = severity === 'notice';
    return { ...remark, severity, ...(isTold ? {} : { hint }), message: `${manifest.kind} ${manifest.metadata.name}: ${remark.message}` };
  });
}

const secretHint = 'have the chart take it from a Secret that is there (`existingSecret` or the like, and an ExternalSecret beside it)';

const empty: Partial<Problem> = {
  code: 'hydrate',
  message: 'the chart gives no object with these values',
  hint: 'where the app should not run, set `enabled: false`',
};
