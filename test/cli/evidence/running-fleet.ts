import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isMap } from '../../../layers/plain-data';
import { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import type { StandIn } from './stand-in';

/** The example, whose nodes name the Argo CDs of a stand-in: one for each cluster type at each target. @param more beside the address */
export async function askedExample(standIn: StandIn, more = ''): Promise<RolloutWorkspace> {
  const workspace = new RolloutWorkspace('typescript');
  workspace.edit('config/fleet.ts', (text) =>
    text
      .replace('import { defineFleet }', 'import { argoCD, defineFleet }')
      .replace(
        "  path: 'dist',",
        `  path: 'dist',\n  evidence: [argoCD({ server: ({ clusterType, path }) => \`${standIn.url}/argocd/\${clusterType}/\${path}\`, ${more} })],`,
      ),
  );
  const { status, stderr } = await workspace.serve('synth', '--json');
  if (status !== 0) throw new Error(stderr);
  return workspace.commit('Start', 72);
}

export interface LiveApplication {
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly spec: { readonly [key: string]: unknown };
  readonly status: { readonly [key: string]: unknown };
}

/** Lets the Argo CDs have what Git has at every target, each with the root that brings it. @returns the Applications of a target, to be changed and written */
export function asGitHasIt(standIn: StandIn, workspace: RolloutWorkspace): ReadonlyMap<string, readonly LiveApplication[]> {
  const sync = { status: 'Synced', revision: workspace.git('rev-parse', 'HEAD').trim() };
  const well = { sync, health: { status: 'Healthy', lastTransitionTime: '2026-01-01T00:00:00Z' } };
  const all = new Map<string, readonly LiveApplication[]>();
  for (const clusterType of ['infra-cluster', 'management-cluster']) {
    const top = join(workspace.path, 'dist', clusterType);
    for (const path of readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('/templates'))) {
      const target = path.slice(0, -'/templates'.length);
      const found = readdirSync(join(top, path))
        .map((file) => parse(workspace.read(`dist/${clusterType}/${path}/${file}`)))
        .filter(({ kind }) => kind === 'Application')
        .map(
          ({ metadata, spec }): LiveApplication => ({
            metadata: { name: metadata.name, uid: metadata.name },
            spec: filled(spec) as LiveApplication['spec'],
            status: well,
          }),
        );
      const resources = found.map(({ metadata: { name } }) => ({ group: 'argoproj.io', kind: 'Application', name }));
      const root = {
        metadata: { name: `${clusterType}-x`, uid: 'root' },
        spec: { source: { repoURL: 'https://github.com/company/gcp-hcp-apps', path: `dist/${clusterType}/${target}` } },
        status: { ...well, resources },
      };
      all.set(`${clusterType}/${target}`, [root, ...found]);
    }
  }
  for (const [place, items] of all) standIn.applications(place, items);
  return all;
}

/** As a cluster fills in what it alone knows. */
function filled(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\{\{.*?\}\}(?!`)/g, 'mgmt-1');
  if (Array.isArray(value)) return value.map(filled);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one)])) : value;
}
