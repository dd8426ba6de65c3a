import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFolder } from '../../layers/output';
import { recordFolder } from '../../layers/record';
import { plainKey } from '../../store/yaml/yaml-text';
import { write } from '../workspaces/temporary-folder';

/** Apps of a target, by the section that they stood in. */
export type Sections = Readonly<Record<string, Readonly<Record<string, { readonly enabled?: boolean }>>>>;

/** The `values.yaml` of a target as it was before records were files of their own: every app, and a comment behind every value. */
export function formerValues(sections: Sections): string {
  const apps = Object.entries(sections).filter(([, named]) => Object.keys(named).length > 0);
  const lines = apps.sort().flatMap(([section, named]) => [
    `${section}:`,
    ...Object.entries(named)
      .sort()
      .flatMap(([name, { enabled }]) => [
        `  ${plainKey(name)}:`,
        '    description: A text that says # what it does # base',
        ...(enabled === undefined ? [] : [`    enabled: ${enabled} # override production`]),
        '    source:',
        '      helm: # base',
        '        values: | # base',
        '          applications:',
        '            other: 1',
        '      targetRevision: v1.2.3 # patch-001 production/prod-canary',
      ]),
  ]);
  const header = '# Resolved values, and the layer that set each. Rendered: change the configuration, not this file.';
  return [header, ...lines, '# Filled in for each cluster by the root ApplicationSet that deploys it.', 'cluster: {}', ''].join('\n');
}

/** Turns output that was just written into what the tool wrote before records were files of their own. */
export function makeFormer(dist: string, output: Iterable<OutputFolder>): void {
  rmSync(join(dist, recordFolder), { recursive: true });
  for (const { path, files } of output) {
    if (!files.some((file) => file.path === 'values.yaml')) continue;
    const templates = files.flatMap((file) => (file.kind === 'template' && !file.path.includes('configmap-') ? [file] : []));
    const workloads = files.flatMap((file) => (file.kind === 'manifest' ? [file.path.split('/')[1] as string] : []));
    const names = [...templates.map((file) => file.path.slice('templates/'.length, -'.yaml'.length)), ...workloads];
    const applications = { ...Object.fromEntries(names.map((name) => [name, {}])), 'never-enabled': { enabled: false } };
    write(dist, { [`${path}/values.yaml`]: formerValues({ applications }) });
  }
}
