import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fleetFromConfig } from '../../constructs';
import { recordFolder } from '../../layers/record';
import { migrationOf } from '../../store/migrate/migration';
import { compareOutputs, type Drift } from '../../store/output/compare-output';
import { locate } from '../../store/read/locate';
import { readConfig } from '../../store/read/read-config';
import { type TemporaryFolders, write } from '../workspaces/temporary-folder';

type Texts = Readonly<Record<string, string>>;

/** Two environments, the first with a sector of two regions. */
export const configYaml = `sequence:
  environments:
    - { name: e1, sectors: [{ name: s1, regions: [r1, r2] }] }
    - { name: e2, sectors: [{ name: s2, regions: [r1] }] }
`;

export const defaultsYaml = `applications:
  default:
    project: default
    destination: { name: in-cluster, namespace: apps }
applicationsets:
  default: { namespace: argocd }
`;

/** The fields that every Application needs, and these of a chart's values. */
export function valuesYaml(valuesObject: string, app = 'app'): string {
  const indented = valuesObject.replace(/^(?=.)/gm, '          ');
  return `applications:
  ${app}:
    source:
      repoURL: https://example.com
      chart: x
      targetRevision: 1.0.0
      helm:
        valuesObject:
${indented}
`;
}

/** A fleet with a cluster type `mc`; these files are below it, unless they begin with `/`. */
export function yamlFleet(files: Texts): Texts {
  const placed = Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path.slice(1) : `mc/${path}`, text]);
  return { 'config.yaml': configYaml, 'mc/defaults.yaml': defaultsYaml, ...Object.fromEntries(placed) };
}

export interface Migrated {
  /** The new files by path. */
  readonly files: Texts;
  /** `file:line text`, of values with the column and the reason. */
  readonly lost: readonly string[];
  /** Of what was rendered. */
  readonly drift: Drift;
  /** Where the new files are. */
  readonly folder: string;
}

/** Migrates YAML files, without a process of its own, without formatter and compiler; renders both. */
export function migrated(files: Texts, folders: TemporaryFolders): Migrated {
  const from = folders.make(files);
  const folder = folders.make();
  const before = fleetFromConfig(readConfig(from)).synth();
  const adopted = before.warnings.some(({ code }) => code === 'token-not-injected' || code === 'path-covered');
  const migration = migrationOf(from, (clusterType) => before.targetsOf(clusterType), adopted);
  const texts = Object.fromEntries(migration.files.map(({ path, text }) => [path, text]));
  write(folder, texts);
  const after = fleetFromConfig(readConfig(folder)).synth();
  const drift = compareOutputs(before, (path) => {
    if (path === recordFolder) return after.records();
    const [clusterType = '', ...target] = path.split('/');
    return after.folder(clusterType, target.join('/'));
  });
  const lost = migration.lost.map(({ file, line, place, text, reason }) => {
    const [at] = locate([{ code: 'expression', message: '', file, line, place, found: text }]);
    const where = [relative(from, file), at?.line, ...(reason === undefined ? [] : [at?.column])].join(':');
    return `${where} ${text}${reason === undefined ? '' : ` (${reason})`}`;
  });
  return { files: texts, lost, drift, folder };
}

/** What a file says in the twin of the example. */
export function example(path: string): string {
  return readFileSync(join(__dirname, '../yaml/example', path), 'utf8');
}
