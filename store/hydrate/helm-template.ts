import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFolder } from '../../layers/charts/chart-id';
import type { ChartFinding, ChartInput } from '../../layers/charts/chart-input';
import { factsOf } from '../charts/chart';
import { saidBy } from '../charts/helm-said';
import { isThere, shown } from '../files/paths';
import { readGoYaml } from '../yaml/go-yaml';
import type { ChartSource } from './chart-sources';
import { chartTree, type TreeChart } from './chart-tree';
import type { GivenFile, GivenFiles } from './input-files';
import type { Rendering } from './run/run-renderings';
import { schemaErrors } from './schema-errors';
import { followedFiles, followedGiven, followedInput } from './templates/followed-chart';
import { furtherRuns } from './templates/further-runs';

/** Helm, and what it is given. @param program absolute */
export function helmTemplate(program: string, told: ChartInput, source: ChartSource, given: GivenFiles): Rendering {
  const { isFollowed } = told;
  const [input, files] = isFollowed ? [{ ...told, ...followedInput(told) }, followedGiven(given)] : [told, given];
  const fileAt = (position: number) => files.values[position]?.shown ?? `values ${position - files.values.length + 1} of ${input.values.length}`;
  return {
    furtherRuns: furtherRuns(source, input, files),
    names: { failure: `Helm cannot render ${source.shown}`, check: 'helm version', shown: source.shown },
    prepare(folder, index) {
      const write = (name: string, content: string | Buffer) => {
        const file = join(folder, `${index}-${name}`);
        writeFileSync(file, content);
        return file;
      };
      const values = [...files.values.map(({ content }) => content), ...input.values].map((text, position) => write(`values-${position}.yaml`, text));
      const parameters = files.parameters.map(({ name, content }, position) => `${name}=${parameterValue(write(`file-${position}`, content))}`);
      const own = join(folder, `${index}-chart`);
      const chart = isFollowed ? copyOf(followedFiles(source), own) : source.isCopied?.() ? (tryCopy(source.files(), own) ?? source.path) : source.path;
      return { program, args: argsOf(input, chart, values, parameters) };
    },
    explain({ stderr }, folder) {
      const found = saidBy(stderr)
        .replaceAll(/\S*\d+-values-(\d+)\.yaml/g, (_, position) => fileAt(Number(position)))
        .replaceAll(new RegExp(`${folder}/\\d+-chart`, 'g'), source.path)
        .replaceAll(source.path + topOf(source.files()), source.path)
        .replaceAll(source.path, shown(source.path))
        .replaceAll(folder, '');
      return { found, hint: hintFor(found, source), findings: schemaFindings(stderr, source, input, files) };
    },
  };
}

/** Nothing where it has files in files, or names that are too long for a system: Helm reads such a chart as it lies there. */
function tryCopy(files: ReadonlyMap<string, Buffer>, folder: string): string | undefined {
  try {
    return copyOf(files, folder);
  } catch (cause) {
    if (/^(EEXIST|EISDIR|ENOTDIR|ENAMETOOLONG|EILSEQ)$/.test(String((cause as NodeJS.ErrnoException).code))) return undefined;
    throw cause;
  }
}

/** A folder with what Helm may read of a chart, for it reads whatever lies in one. @returns that in which `Chart.yaml` lies */
function copyOf(files: ReadonlyMap<string, Buffer>, folder: string): string {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder + topOf(files);
}

/** What is packed lies in a folder. */
function topOf(files: ReadonlyMap<string, Buffer>): string {
  const [first = ''] = files.keys();
  return files.has('Chart.yaml') ? '' : `/${first.split('/', 1)[0]}`;
}

/** As Argo CD 3.6 calls Helm (util/helm/cmd.go, `template`), but for the path of an archive, which it would unpack first: here only where that matters. */
function argsOf(input: ChartInput, chart: string, values: readonly string[], files: readonly string[]): readonly string[] {
  const { releaseName, namespace, kubernetes, parameters, apiVersions } = input;
  const both = (flag: string, texts: readonly string[]) => texts.flatMap((text) => [flag, text]);
  return [
    ...['template', chart, '--name-template', releaseName],
    ...(namespace === '' ? [] : ['--namespace', namespace]),
    ...(kubernetes === undefined ? [] : ['--kube-version', kubeVersion(kubernetes)]),
    ...parameters.flatMap(({ name, value, forceString }) => [forceString ? '--set-string' : '--set', `${name}=${parameterValue(value)}`]),
    ...both('--set-file', files),
    ...both('--values', values),
    ...both('--api-versions', apiVersions),
    ...(input.skipCrds ? [] : ['--include-crds']),
    ...(input.skipSchemaValidation ? ['--skip-schema-validation'] : []),
    ...(input.skipTests ? ['--skip-tests'] : []),
  ];
}

/** `1.33` is 1.33.0, as Kubernetes' `ParseGeneric` reads it, and Argo CD with it. What is none, Helm refuses. */
function kubeVersion(version: string): string {
  const [, major, minor, patch = '0'] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version.trim()) ?? [];
  return major === undefined ? version : `${major}.${minor}.${patch}`;
}

/** Commas would part values; between braces they do (util/helm/cmd.go, `cleanSetParameters`). */
function parameterValue(value: string): string {
  return value.startsWith('{') && value.endsWith('}') ? value : value.replaceAll(/(?<!\\),/g, '\\,');
}

/** What its schema does not take, value by value. */
function schemaFindings(stderr: string, source: ChartSource, { id, releaseName }: ChartInput, files: GivenFiles): readonly ChartFinding[] {
  const hint = 'its `values.schema.json` says so; a schema that is wrong itself is passed over with `skipSchemaValidation: true`';
  const tree = chartTree(source.files());
  const errors = schemaErrors(stderr, tree, isFolder(id) ? nameOf(tree) : id.chart);
  return errors.map(({ value, shown: what, says }): ChartFinding => {
    const said = value && fileSaying(value, files);
    const found = said?.file === undefined && said ? `${says}, in '${said.shown}' of the chart` : says;
    return {
      code: 'chart-render',
      message: `${source.shown} does not take ${what} of ${releaseName}`,
      found,
      hint,
      ...(value ? { value } : {}),
      ...(said?.file === undefined ? {} : { saidBy: shown(said.file) }),
    };
  });
}

/** The file of values that has the last word on a value. */
function fileSaying(value: readonly string[], { values }: GivenFiles): GivenFile | undefined {
  if (value.length === 0) return undefined;
  return [...values].reverse().find(({ content }) => {
    let at: unknown;
    try {
      at = readGoYaml(content.toString('utf8'));
    } catch {
      return false;
    }
    for (const key of value) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
      at = (at as Readonly<Record<string, unknown>>)[key];
    }
    return true;
  });
}

/** Of a folder, which may be called otherwise than the chart in it. */
function nameOf([own]: readonly TreeChart[]): string {
  try {
    return own ? factsOf(own.files, '').name : '';
  } catch {
    return '';
  }
}

/** The same words by which Argo CD knows it (util/helm/helm.go, `IsMissingDependencyErr`): it would fetch them then. */
function hintFor(said: string, { path }: ChartSource): string | undefined {
  if (/found in (requirements|Chart)\.yaml, but missing in charts/.test(said)) {
    return isThere(join(path, 'Chart.yaml'))
      ? `run \`helm dependency build ${shown(path)}\`, and commit what it writes to its folder \`charts/\``
      : 'the archive lacks charts that it needs: tell its authors, or unpack it into the repository, have Helm build its dependencies, and name its folder';
  }
  return undefined;
}
