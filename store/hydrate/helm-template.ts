import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFolder } from '../../layers/charts/chart-id';
import type { ChartFinding, ChartInput } from '../../layers/charts/chart-input';
import { saidBy } from '../charts/helm-said';
import { isThere, shown } from '../files/paths';
import type { ChartSource } from './chart-sources';
import type { GivenFiles } from './input-files';
import type { Rendering } from './run-renderings';
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
    names: { failure: `Helm cannot render ${source.shown}`, check: 'helm version' },
    prepare(folder, index) {
      const write = (name: string, content: string | Buffer) => {
        const file = join(folder, `${index}-${name}`);
        writeFileSync(file, content);
        return file;
      };
      const values = [...files.values.map(({ content }) => content), ...input.values].map((text, position) => write(`values-${position}.yaml`, text));
      const parameters = files.parameters.map(({ name, content }, position) => `${name}=${parameterValue(write(`file-${position}`, content))}`);
      const copy = () => copyOf(isFollowed ? followedFiles(source) : source.files(), join(folder, `${index}-chart`));
      return { program, args: argsOf(input, isFollowed || source.isPartial ? copy() : source.path, values, parameters) };
    },
    explain({ stderr }, folder) {
      const found = saidBy(stderr)
        .replaceAll(/\S*\d+-values-(\d+)\.yaml/g, (_, position) => fileAt(Number(position)))
        .replaceAll(new RegExp(`${folder}/\\d+-chart`, 'g'), source.path)
        .replaceAll(source.path, shown(source.path))
        .replaceAll(folder, '');
      return { found, hint: hintFor(found, source), findings: schemaFindings(stderr, source, input) };
    },
  };
}

/** A folder with what Helm may read of a chart, for it reads whatever lies in one. @returns that of the chart: an archive has all in one */
function copyOf(files: ReadonlyMap<string, Buffer>, folder: string): string {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const [first = ''] = files.keys();
  return files.has('Chart.yaml') ? folder : join(folder, first.slice(0, first.indexOf('/')));
}

/** As Argo CD 3.6 calls Helm (util/helm/cmd.go, `template`), but for the path of an archive, which it would unpack first. */
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
function schemaFindings(stderr: string, source: ChartSource, { id, releaseName }: ChartInput): readonly ChartFinding[] {
  const hint = 'its `values.schema.json` says so; a schema that is wrong itself is passed over with `skipSchemaValidation: true`';
  const chart = isFolder(id) ? nameOf(source) : id.chart;
  return schemaErrors(stderr, chart).map(({ value, says }): ChartFinding => {
    const what = value.length === 0 ? 'these values' : `the value '${value.join('.')}'`;
    return { code: 'chart-render', message: `${source.shown} does not take ${what} of ${releaseName}`, found: says, hint, value };
  });
}

/** Of a folder, which may be called otherwise than the chart in it. */
function nameOf(source: ChartSource): string {
  const text = source.files().get('Chart.yaml')?.toString('utf8') ?? '';
  return /^name:\s*["']?([^"'\s]+)/m.exec(text)?.[1] ?? '';
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
