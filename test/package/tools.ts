import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where tools that no test changes are kept from one run to the next, as CI keeps Helm. */
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'cdk8s-fleet/tools');

/** Versions that users have: each as its package of the registry names it. */
export type NodeVersion = '20' | '22' | '24';
export type Manager = 'npm' | 'pnpm' | 'yarn';
const managers: Readonly<Record<Manager, string>> = { npm: '11', pnpm: '12', yarn: '1' };

/** @returns the folder of its programs */
export function nodeOf(version: NodeVersion): string {
  return dirname(tool('node', version, 'node_modules/node/bin/node'));
}

/** @returns the program, as a script for Node */
export function managerOf(manager: Manager): string {
  const scripts: Readonly<Record<Manager, string>> = { npm: 'npm/bin/npm-cli.js', pnpm: 'pnpm/bin/pnpm.mjs', yarn: 'yarn/bin/yarn.js' };
  return tool(manager, managers[manager], `node_modules/${scripts[manager]}`);
}

/** A cache of packages for each, shared by all installations and kept beside the tools. */
export const settingsOf: Readonly<Record<Manager, NodeJS.ProcessEnv>> = {
  npm: { npm_config_cache: join(cache, 'cache-npm'), npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' },
  pnpm: { npm_config_store_dir: join(cache, 'cache-pnpm') },
  yarn: { YARN_CACHE_FOLDER: join(cache, 'cache-yarn') },
};

/** Certificates that the npm of this machine trusts: those of a proxy, say. Installed copies of Node have settings of their own. */
export function certificates(): string | undefined {
  const file = process.env['NODE_EXTRA_CA_CERTS'] || spawnSync('npm', ['config', 'get', 'cafile'], { encoding: 'utf8' }).stdout.trim();
  return existsSync(file) ? file : undefined;
}

function tool(name: string, version: string, file: string): string {
  const folder = join(cache, `${name}-${version}`);
  if (!existsSync(join(folder, file))) install(folder, `${name}@${version}`);
  if (!existsSync(join(folder, file))) throw new Error(`${name}@${version} was installed without ${file}`);
  return join(folder, file);
}

/** Whole or not at all: another process may look for it meanwhile. */
function install(folder: string, spec: string): void {
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'new-'));
  writeFileSync(join(made, 'package.json'), '{}');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', spec], { cwd: made, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
}
