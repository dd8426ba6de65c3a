import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DefiningModule } from './versions';

/** What was built and fetched stays there: neither Go nor a network is needed after the first run. */
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'cdk8s-fleet/definitions');

/** The oldest Go that reads every module: Argo CD 3.6 says 1.27. Go's module proxy has it. */
const toolchain = 'go1.27.3';

/** The program that checks objects, built where it was not yet. */
export function program(): string {
  const sources = readdirSync(__dirname)
    .filter((file) => /\.go$|^go\.(mod|sum)$/.test(file))
    .sort();
  const digest = sources.reduce((hash, file) => hash.update(`${file}\0`).update(readFileSync(join(__dirname, file))), createHash('sha256')).digest('hex');
  const built = join(cache, digest.slice(0, 16), 'definitions');
  if (!existsSync(built)) inPlace(built, (file) => go(['build', '-trimpath', '-o', file, '.'], __dirname));
  return built;
}

/** The files of a module in one version, fetched where they are not there yet. */
export function definitionFiles({ path, files }: DefiningModule, version: string): readonly string[] {
  const folder = join(cache, `${path}@${version}`);
  const copies = files.map((file) => join(folder, basename(file)));
  if (copies.every((file) => existsSync(file))) return copies;
  const { Dir: module } = JSON.parse(go(['mod', 'download', '-json', `${path}@${version}`], tmpdir(), { GOTOOLCHAIN: toolchain })) as { readonly Dir: string };
  for (const [index, file] of files.entries()) inPlace(copies[index] as string, (copy) => copyFileSync(join(module, file), copy));
  return copies;
}

/** Makes a file elsewhere first: whoever is killed leaves no half of it. */
function inPlace(file: string, make: (file: string) => void): void {
  const folder = join(file, '..');
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, '.making-'));
  try {
    make(join(own, 'made'));
    renameSync(join(own, 'made'), file);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** @throws Error with what Go said */
function go(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync('go', args, { cwd, encoding: 'utf8', env: { ...process.env, GOWORK: 'off', ...env } });
  if (error) throw error;
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
