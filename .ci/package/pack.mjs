// `npm pack` at the top packs the top, and npm has no way to name another folder. So `files` there names nothing, and once npm has
// written its tarball, this puts that of `build/` in its place, under the same name.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const { INIT_CWD = top, npm_config_pack_destination: destination = '.', npm_config_dry_run: dryRun, npm_config_json: json, npm_execpath: npm } = process.env;
const folder = resolve(INIT_CWD, destination);
const { name, version } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
const tarball = join(folder, `${name}-${version}.tgz`);

const command = npm ? [process.execPath, npm] : ['npm'];
const args = ['pack', join(top, 'build'), '--json', '--ignore-scripts', '--pack-destination', folder];
const { status, stdout, stderr } = spawnSync(command[0], [...command.slice(1), ...args], { encoding: 'utf8' });
if (status !== 0) {
  // What lies there is not what was asked for.
  if (!dryRun) rmSync(tarball, { force: true });
  process.stderr.write(`${stderr}${stdout}the built package could not be packed\n`);
  process.exit(1);
}
const [packed] = JSON.parse(stdout);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
process.stderr.write(
  `${dryRun ? 'would pack' : 'packed'} build/ as ${tarball}: ${packed.entryCount} files, ${megabytes(packed.unpackedSize)} unpacked, ${megabytes(packed.size)} packed\n` +
    `${packed.integrity}\n${json ? '' : 'what npm tells below is about the package.json of the top, which is not in that file\n'}`,
);
