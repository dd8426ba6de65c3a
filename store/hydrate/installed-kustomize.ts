import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import type { ChartFinding } from '../../layers/charts/chart-input';
import { saidBy } from '../charts/helm-said';
import { hashOf } from '../files/journal';
import type { ChartCache } from './chart-cache';
import { type InstalledHelm, onPath } from './installed-helm';
import { inSandbox } from './sandbox';

/** Finds Kustomize on the PATH, as {@link findHelm} finds Helm. */
export function findKustomize(cache: ChartCache, patience: number): InstalledHelm | ChartFinding {
  const program = onPath('kustomize');
  const code = 'chart-render';
  const hint = 'install Kustomize 5 or later (https://kubectl.docs.kubernetes.io/installation/kustomize)';
  if (program === undefined) return { code, message: 'kustomize is not installed, and no folder of Kustomize can be built', hint };
  const { size, mtimeMs } = statSync(program);
  const key = hashOf(JSON.stringify(['kustomize version', program, size, mtimeMs]));
  const known = cache.read(key);
  if (typeof known === 'string') return { program, version: known };
  const { error, status, stdout, stderr } = inSandbox(({ folder, env }) =>
    spawnSync(program, ['version'], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, killSignal: 'SIGKILL' }),
  );
  const said = stdout?.trim() ?? '';
  const major = /v(\d+)\.\d+/.exec(said)?.[1] ?? (said === '(devel)' ? '5' : '0');
  if (error || status !== 0 || Number(major) < 5) {
    return {
      code,
      message: `'${program} version' gives no version of Kustomize, and no folder can be built`,
      expected: 'v5.0.0, or a later one',
      found: error ? error.message : said === '' ? saidBy(stderr) : said.slice(0, 200),
      hint,
    };
  }
  // One that somebody built says no version of its own.
  const version = said === '(devel)' ? `${said} ${size} ${mtimeMs}` : said;
  cache.write(key, version);
  return { program, version };
}
