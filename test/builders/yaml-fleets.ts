import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FleetError, fleetFromConfig, type Problem } from '../../constructs';
import { fileText } from '../../store/output/output-text';
import { locate } from '../../store/read/locate';
import { readConfig } from '../../store/read/read-config';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import type { Loose } from './fleet-builder';

/** Texts by path; `undefined` takes a file out of the small fleet. */
export type Files = Readonly<Record<string, string | undefined>>;

/** Two environments, one cluster type `mc`, one component with one Application `web`. */
export const small = {
  'config.yaml': `sequence:
  environments:
    - name: int
      sectors:
        - name: s1
          regions: [us, eu]
    - name: prod
      promotion: manual
      sectors:
        - name: p1
          regions: [us]
cluster_types:
  - name: mc
`,
  'mc/defaults.yaml': `applications:
  default:
    project: default
    namespace: argocd
    destination:
      server: https://kubernetes.default.svc
`,
  'mc/web/values.yaml': `applications:
  web:
    source:
      repoURL: https://charts.example.com
      chart: web
      targetRevision: 1.0.0
    destination:
      namespace: web
`,
} as const;

/** A base of another Application. */
export function application(name: string): string {
  return small['mc/web/values.yaml'].replaceAll('web', name);
}

/** `values.yaml` of `web` with these chart values, a block of YAML without indentation. */
export function chartValues(block: string, rest = ''): string {
  const lines = block.split('\n').map((line) => (line === '' ? '' : `          ${line}`));
  const helm = `      helm:\n        valuesObject:\n${lines.join('\n')}\n`;
  return small['mc/web/values.yaml'].replace('    destination:', `${helm}    destination:`) + rest;
}

/** A layer of `web` with this block of YAML below the app. */
export function layer(block: string, app = 'web'): string {
  const lines = block.split('\n').map((line) => (line === '' ? '' : `    ${line}`));
  return `applications:\n  ${app}:\n${lines.join('\n')}\n`;
}

/** An ApplicationSet that deploys `mc`, and injects a name and an annotation. */
export const deployer = `applicationsets:
  deployer:
    goTemplate: true
    generators:
      - clusters: {}
    template:
      metadata:
        name: mc-{{.nameNormalized}}
      spec:
        project: default
        source:
          repoURL: https://github.com/company/fleet
          targetRevision: HEAD
          path: dist/mc/{{ .Values.cluster.environment }}/{{ .Values.cluster.sector }}/{{ .Values.cluster.region }}
          helm:
            valuesObject:
              cluster:
                name: '{{.name}}'
                projectId: '{{ index (get .metadata "annotations" | default dict) "gcp-hcp/project-id" | default "" }}'
        destination:
          name: '{{.name}}'
          namespace: argocd
`;

/** The small fleet with the deployer in it. */
export const deployed: Files = {
  'mc/defaults.yaml': `${small['mc/defaults.yaml']}applicationsets:\n  default:\n    namespace: argocd\n`,
  'mc/deployer/values.yaml': deployer,
};

/** What became of a fleet. */
export interface Outcome {
  /** With line and column, files relative to the configuration folder. */
  readonly problems: readonly Problem[];
  /** `severity code file:line:column` of each problem. */
  readonly told: readonly string[];
  /** Texts of the rendered output by path; nothing where there was an error. */
  readonly output: Readonly<Record<string, string>>;
}

/** Reads and renders fleets of YAML files in temporary folders. */
export class YamlFleets {
  readonly #folders = new TemporaryFolders();

  /** @param files put over the small fleet */
  make(files: Files = {}, links: Readonly<Record<string, string>> = {}): string {
    const all = Object.entries({ ...small, ...files }).flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]));
    const folder = this.#folders.make(Object.fromEntries(all));
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
    return folder;
  }

  run(files: Files = {}, links: Readonly<Record<string, string>> = {}): Outcome {
    return outcome(this.make(files, links));
  }

  /** What is told of a fleet, in one line each. */
  told(files: Files = {}, links: Readonly<Record<string, string>> = {}): readonly string[] {
    return this.run(files, links).told;
  }

  /** The one problem of a fleet. */
  problem(files: Files = {}, links: Readonly<Record<string, string>> = {}): Problem {
    const { problems } = this.run(files, links);
    expect(problems).toHaveLength(1);
    return problems[0] as Problem;
  }

  /** An app's manifest as a parser reads the rendered file. @throws where the fleet has errors */
  manifest(files: Files = {}, app = 'web', path = 'int/s1/us'): Loose {
    const { output, told } = this.run(files);
    const text = output[`mc/${path}/templates/${app}.yaml`];
    if (text === undefined) throw new Error(`no ${app} at ${path}; told: ${told.join(', ')}`);
    return parse(text);
  }

  /** The chart values of `web`, given as a block of YAML, in the rendered manifest. */
  values(block: string, files: Files = {}, path = 'int/s1/us'): Loose {
    return this.manifest({ 'mc/web/values.yaml': chartValues(block), ...files }, 'web', path).spec.source.helm.valuesObject;
  }
}

/** Reads and renders a folder. */
export function outcome(folder: string): Outcome {
  const output: Record<string, string> = {};
  let problems: readonly Problem[];
  try {
    const rendered = fleetFromConfig(readConfig(folder)).synth();
    problems = rendered.warnings;
    for (const { path, files } of rendered) for (const file of files) output[`${path}/${file.path}`] = fileText(file);
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    problems = error.problems;
  }
  const relative = (text: string | undefined) => text?.replaceAll(`${folder}/`, '');
  const located = locate(problems).map((problem) => ({
    ...problem,
    file: relative(problem.file),
    message: relative(problem.message) ?? '',
    found: relative(problem.found),
  }));
  const told = located.map(({ severity = 'error', code, file, line, column }) =>
    [severity, code, [file, line, column].filter((part) => part !== undefined).join(':')].join(' '),
  );
  return { problems: located, told, output };
}
