import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Form, RolloutWorkspace } from '../../workspaces/rollout-workspace';
import type { Run } from '../../workspaces/workspace';

/** Where the example fleet says things, in each form. */
const places = {
  typescript: {
    fleet: 'config/fleet.ts',
    app: 'config/management-cluster/cert-manager.ts',
    defaults: 'config/management-cluster/defaults.ts',
    whole: (app: string) => `config/management-cluster/${app}.ts`,
  },
  yaml: {
    fleet: 'config/config.yaml',
    app: 'config/management-cluster/cert-manager/values.yaml',
    defaults: 'config/management-cluster/defaults.yaml',
    whole: (app: string) => `config/management-cluster/${app}`,
  },
} as const;

/** Edits that people make by hand, in either form. */
export class HandEdits {
  readonly #workspace: RolloutWorkspace;
  readonly #places: (typeof places)[Form];

  constructor(workspace: RolloutWorkspace) {
    this.#workspace = workspace;
    this.#places = places[workspace.form];
  }

  /** A value of the base of cert-manager, wherever it is deployed. */
  baseValue(port = 10261): this {
    return this.#edit(this.#places.app, /securePort: \d+/, `securePort: ${port}`);
  }

  /** An app in the place of fleet-info with objects: what a role permits, and what a workload selects by. A fleet in YAML has none. */
  objects(verb: string, app: string): this {
    if (this.#workspace.form === 'yaml') return this;
    const text = `import type { FleetAppConfig } from 'cdk8s-fleet';
import { ApiObject } from 'cdk8s';
export default {
  destination: { namespace: 'fleet-info' },
  workloads: (chart) => {
    const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['${verb}'] }];
    new ApiObject(chart, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'info' }, rules } as never);
    const selector = { matchLabels: { app: '${app}' } };
    new ApiObject(chart, 'set', { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'info' }, spec: { selector } } as never);
  },
} satisfies FleetAppConfig;
`;
    this.#workspace.write({ [this.#places.whole('fleet-info')]: text });
    return this;
  }

  selfHealOff(): this {
    return this.#edit(this.#places.defaults, /selfHeal: (true|yes)/, 'selfHeal: false');
  }

  delete(app: string): this {
    rmSync(join(this.#workspace.path, this.#places.whole(app)), { recursive: true });
    return this;
  }

  rename(app: string, name: string): this {
    this.#workspace.git('mv', this.#places.whole(app), this.#places.whole(name));
    if (this.#workspace.form === 'typescript') return this;
    // There the files name it, too.
    const folder = this.#places.whole(name);
    const named = ['values.yaml', 'production/override.yaml'].map((file) => `${folder}/${file}`);
    for (const file of named) this.#edit(file, new RegExp(`^( *)${app}:`, 'm'), `$1${name}:`);
    return this;
  }

  /** The last region of the last sector. */
  removeLastRegion(): this {
    return this.#edit(this.#places.fleet, /(us-east1'?), '?europe-east1'?\]/, '$1]');
  }

  /** The gate of the whole of production. */
  openGate(): this {
    return this.#workspace.form === 'typescript'
      ? this.#edit(this.#places.fleet, /(name: 'production',\n\s*)promotion: 'manual',\n\s*/, '$1')
      : this.#edit(this.#places.fleet, /(name: ['"]?production['"]?\n\s*)promotion: ['"]?manual['"]?\n\s*/, '$1');
  }

  /** What the first and the last environment demand beside gates. */
  stricterLaw(): this {
    const [soak, rest] = [`soak: '24h'`, `freeze: 'holidays'`];
    return this.#workspace.form === 'typescript'
      ? this.#edit(this.#places.fleet, "name: 'integration',", `name: 'integration', ${soak},`).#edit(
          this.#places.fleet,
          "name: 'production',",
          `${rest}, budget: { targets: 1 }, name: 'production',`,
        )
      : this.#edit(this.#places.fleet, '- name: integration\n', `- name: integration\n      ${soak}\n`).#edit(
          this.#places.fleet,
          '- name: production\n',
          `- ${rest}\n      budget:\n        targets: 1\n      name: production\n`,
        );
  }

  /** An older version of cert-manager in production. */
  olderVersion(): this {
    const path = this.#workspace.form === 'typescript' ? this.#places.app : 'config/management-cluster/cert-manager/production/override.yaml';
    return this.#edit(path, 'v1.17.0', 'v1.16.0');
  }

  /** Puts patch-001 at more paths. */
  patchAt(...paths: readonly string[]): this {
    if (this.#workspace.form === 'typescript') {
      return this.#edit(this.#places.app, /('patch-001': \{[^}]*rolledOutTo: \[)([^\]]*)\]/s, `$1$2, ${paths.map((path) => `'${path}'`).join(', ')}]`);
    }
    const folder = 'config/management-cluster/cert-manager';
    const text = this.#workspace.read(`${folder}/integration/patch-001.yaml`);
    for (const path of paths) this.#workspace.write({ [`${folder}/${path}/patch-001.yaml`]: text });
    return this;
  }

  #edit(path: string, from: string | RegExp, to: string): this {
    this.#workspace.edit(path, (text) => text.replace(from, to));
    return this;
  }
}

/** Renders and commits what was edited. */
export async function committed(workspace: RolloutWorkspace, message: string, hoursAgo = 0): Promise<void> {
  const { status, stderr } = await workspace.serve('synth', '--json');
  if (status !== 0) throw new Error(stderr);
  workspace.commit(message, hoursAgo);
}

/** What was judged, as data. */
export interface Judged {
  readonly ok: boolean;
  readonly judged: {
    readonly notes: readonly string[];
    readonly changes: readonly {
      readonly subject?: string;
      readonly verdicts: readonly {
        readonly rule: string;
        readonly kind: string;
        readonly what?: string;
        readonly path: string;
        readonly message: string;
        readonly statement?: string;
        readonly stale?: string;
        readonly by?: string;
        readonly file?: string;
        readonly line?: number;
        readonly hint?: string;
        readonly found?: string;
      }[];
    }[];
  };
}

export function judgedOf({ status, stdout, stderr }: Run): Judged {
  if (stderr !== '') throw new Error(stderr);
  const judged = JSON.parse(stdout) as Judged;
  expect(status).toBe(judged.ok ? 0 : 1);
  return judged;
}

/** The rules that refuse something, each once, with the nodes. */
export function refusals({ judged }: Judged): readonly string[] {
  const all = judged.changes.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === 'refused').map(({ rule, path }) => `${rule} ${path}`));
  return [...new Set(all)].sort();
}

/** The lines that would let everything pass. */
export function statements({ judged }: Judged): readonly string[] {
  return [
    ...new Set(
      judged.changes.flatMap(({ verdicts }) => verdicts.flatMap(({ kind, statement }) => (kind === 'refused' && statement !== undefined ? [statement] : []))),
    ),
  ];
}
