import type { ChartFinding, ChartInput, ChartObjects, ChartRenderer } from '../../../layers/charts/chart-input';
import { withoutCopies } from '../../../layers/charts/object-identity';
import { countedFileNames } from '../../../layers/charts/object-names';
import { valueSaying } from '../../../layers/charts/value-saying';
import { getOr } from '../../../layers/get-or';
import type { Plain } from '../../../layers/layer';
import type { Branch } from '../../../layers/node';
import type { Manifest, OutputFile, SharedFiles } from '../../../layers/output';
import type { Problem, Problems } from '../../../layers/problem';
import { hasToken, showTokens } from '../../../layers/text/token';
import { judgeRemark } from '../../argocd/judge-remark';
import { remarksOn } from '../../argocd/manifest-rules';
import { targetKey } from '../../resolve/target-key';
import type { Target } from '../../tree/config/target';
import { oldestArgoCD } from '../../tree/fleet-tree';
import type { LayeredApp } from '../../tree/layered-app';
import { originOf } from '../../tree/origin';
import { chartRemarks, folderRemarks } from '../folder-size';
import { clashesAmong, fileNames, namespaceIn } from '../object-files';
import type { RenderedApp } from '../rendered-app';
import { hintAt } from '../rendition';
import { checksFile } from './checks-file';
import { placeOfField, placeOfOpening, placeOfValue } from './place-of-value';
import { type OpenedObjects, StandIns } from './stand-ins';
import { UnsaidCapabilities } from './unsaid-capabilities';

/** An app of a target whose charts are opened. */
interface Opened {
  readonly app: LayeredApp;
  readonly target: Target;
  readonly charts: readonly ChartInput[];
  readonly values: Branch;
}

/** What charts give of an app: the same for every target where they are told the same. */
interface Given {
  readonly shared: SharedFiles;
  readonly problems: readonly (Partial<Problem> & Pick<ChartFinding, 'value' | 'saidBy' | 'field' | 'isOfAll'>)[];
}

/**
 * The objects of charts that are opened. What charts are told is gathered target by target, for each of them is rendered once,
 * and all at once, when every app was looked at.
 */
export class HydratedFiles {
  readonly #problems: Problems;
  readonly #opened = new Map<string, Opened[]>();
  readonly #told = new Map<ChartInput, OutputFile>();
  readonly #shared = new Map<string, SharedFiles[]>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Whether no chart is opened. */
  get isEmpty(): boolean {
    return this.#opened.size === 0;
  }

  /** Takes the apps of a target down that are opened. */
  add(target: Target, apps: readonly RenderedApp[]): void {
    for (const { app, rendition } of apps) {
      if (rendition.charts && rendition.charts.length > 0)
        getOr(this.#opened, targetKey(target), () => []).push({ app: app.construct, target, charts: rendition.charts, values: rendition.values });
    }
  }

  /** Folders of `manifests/`. */
  at(target: Target): readonly SharedFiles[] {
    return this.#shared.get(targetKey(target)) ?? [];
  }

  /** What charts are told, in the place of what they give: known without rendering them. */
  toldAt(target: Target): readonly OutputFile[] {
    return (this.#opened.get(targetKey(target)) ?? []).flatMap(({ app, charts }) =>
      charts.map((chart, index) => getOr(this.#told, chart, () => toldFile(app.name, index, chart))),
    );
  }

  /** Opens what was taken down. @param renderer @default - nobody can render charts here, which is a problem where one is opened */
  open(renderer: ChartRenderer | undefined): void {
    const opened = [...this.#opened.values()].flat();
    const asked = (input: ChartInput) => renderer?.asked(input) ?? [];
    const distinct = new Map<string, StandIns>();
    const known = new Map<ChartInput, StandIns>();
    for (const { charts } of opened)
      for (const chart of charts) getOr(known, chart, () => getOr(distinct, JSON.stringify(chart), () => new StandIns(chart, asked)));
    const render = (inputs: readonly ChartInput[]) => renderer?.render(inputs) ?? inputs.map(() => nobody);
    // What fails with the names of its values is not tried with anything else.
    const firsts = render([...distinct.values()].map(({ inputs: [first] }) => first as ChartInput));
    const further = [...distinct.values()].map(({ inputs }, index) => ('objects' in (firsts[index] as ChartObjects) ? inputs.slice(1) : []));
    const rendered = further.some((inputs) => inputs.length > 0) ? render(further.flat()) : [];
    let next = 0;
    const objects = new Map(
      [...distinct.values()].map((chart, index) => {
        const own = rendered.slice(next, next + (further[index]?.length ?? 0));
        next += own.length;
        return [chart, chart.read([firsts[index] as ChartObjects, ...own], render)];
      }),
    );
    const numbers = new Map([...distinct.values()].map((chart, index) => [chart, index]));
    const given = new Map<string, Given>();
    const unsaid = new UnsaidCapabilities(renderer, this.#problems);
    for (const { app, target, charts, values } of opened) {
      unsaid.lookAt(app, charts);
      const own = charts.map((chart) => known.get(chart) as StandIns);
      const namespace = namespaceIn(values);
      const key = [app.clusterType.name, app.name, namespace, ...own.map((one) => numbers.get(one))].join('\n');
      let found = given.get(key);
      if (!found) {
        let documents: readonly Plain[] | undefined;
        const saying = (text: string) => {
          documents ??= charts.flatMap((chart) => renderer?.valuesOf(chart) ?? []);
          return valueSaying(text, documents);
        };
        found = givenBy(
          app,
          own.map((one) => objects.get(one) as OpenedObjects),
          { isChart: charts.some((chart) => hasToken(JSON.stringify(chart))), namespace },
          saying,
        );
        given.set(key, found);
      }
      for (const { value, saidBy, field, isOfAll, ...problem } of found.problems) {
        const own = (value && placeOfValue(values, value, saidBy)) ?? (field && placeOfField(values, field));
        const at = own ?? placeOfOpening(values) ?? originOf(app, ['hydrate']);
        const hint = hintAt(values, problem.hint);
        const whose = isOfAll ? {} : { app: app.name, target: targetKey(target), ...at };
        this.#problems.add({ code: 'hydrate', message: '', ...whose, ...problem, ...(hint === undefined ? {} : { hint }) });
      }
      getOr(this.#shared, targetKey(target), () => []).push(found.shared);
    }
  }
}

/** Whether a file stands in the place of objects that are not rendered: what a chart is told. @param path from the target's folder */
export function isTold(path: string): boolean {
  return /^manifests\/[^/]+\/told-\d+\.yaml$/.test(path);
}

function toldFile(app: string, index: number, chart: ChartInput): OutputFile {
  const document = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `told-${index}` }, data: chart as unknown as Plain };
  return { kind: 'manifest', path: `manifests/${app}/told-${index}.yaml`, document };
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

/** Which value of its charts a text comes from. */
type Saying = (text: string) => readonly string[] | undefined;

/** Of an app what its objects do not say. */
interface Whole {
  /** Whether Helm fills in at deploy time what only the cluster knows. */
  readonly isChart: boolean;
  /** Where objects end up that name none. */
  readonly namespace: string;
}

function givenBy(app: LayeredApp, all: readonly OpenedObjects[], { isChart, namespace }: Whole, saying: Saying): Given {
  const findings = all.flatMap((one): readonly ChartFinding[] => ('problems' in one ? one.problems : []));
  const folder = `manifests/${app.name}`;
  if (findings.length > 0) return { shared: { path: folder, files: [] }, problems: findings };
  const objects = withoutCopies(all.flatMap((one) => ('objects' in one ? one.objects : [])));
  const checks = all.flatMap((one) => ('checks' in one ? one.checks : []));
  const names = countedFileNames(fileNames(objects.map((manifest) => ({ manifest }))));
  const files = objects.map(
    (document, index): OutputFile =>
      isChart
        ? { kind: 'manifest', path: `${folder}/templates/${names[index]}.yaml`, document, inChart: true }
        : { kind: 'manifest', path: `${folder}/${names[index]}.yaml`, document },
  );
  const clashes = clashesAmong(files, () => namespace).map((message) => ({
    code: 'duplicate-file' as const,
    message,
    hint: 'have one of its charts leave it out',
  }));
  return {
    shared: { path: folder, files: isChart ? [ownChart(app.name, folder), ...checksFile(folder, checks), ...files] : files },
    problems: [
      ...objects.flatMap((manifest) => objectProblems(app, manifest, isChart, saying)),
      ...clashes,
      ...(isChart ? chartRemarks(files) : folderRemarks(files)).map((remark) => judgeRemark(app, remark)),
      ...(objects.length === 0 ? [empty] : []),
    ],
  };
}

/** What makes a chart of the folder of an app's objects. */
function ownChart(app: string, folder: string): OutputFile {
  const document = { apiVersion: 'v2', description: `The objects of ${app}`, name: app, type: 'application', version: '1.0.0' };
  return { kind: 'chart', path: `${folder}/Chart.yaml`, document };
}

/** What is looked for in whatever becomes a manifest: of somebody's chart, what must not stand in Git, and which of its values says it. */
function objectProblems(app: LayeredApp, manifest: Manifest, isChart: boolean, saying: Saying): Given['problems'] {
  const remarks = remarksOn({ maker: 'chart', written: manifest, manifest, argoCD: oldestArgoCD(app) });
  // Of a chart Helm reads every file.
  return (isChart ? remarks.filter(({ code }) => code !== 'skipped-file') : remarks).map((found) => {
    const { severity, message, ...remark } = judgeRemark(app, found);
    const isSecret = found.code === 'secret-value' && severity !== 'notice';
    const value = isSecret ? saying(textAt(manifest, found.path)) : undefined;
    return {
      ...remark,
      severity,
      ...(isSecret ? { hint: `${secretHint}; ${remark.hint ?? ''}` } : {}),
      message: `${manifest.kind} ${showTokens(String(manifest.metadata.name))}: ${message}${value ? `; the chart's value '${showTokens(value.join('.'))}' says it` : ''}`,
      ...(value ? { value } : {}),
    };
  });
}

/** What an object says at a path; of a Secret, what it holds there. */
function textAt(manifest: Manifest, path: readonly string[]): string {
  const found = path.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], manifest);
  const isPacked = manifest.kind === 'Secret' && path[0] === 'data';
  return isPacked ? Buffer.from(String(found), 'base64').toString('utf8') : String(found);
}

const secretHint = 'have the chart take it from a Secret that is there (`existingSecret` or the like, and an ExternalSecret beside it)';

const empty: Partial<Problem> = {
  code: 'hydrate',
  message: 'the chart gives no object with these values',
  hint: 'where the app should not run, set `enabled: false`',
};
