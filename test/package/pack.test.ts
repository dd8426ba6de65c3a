import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLongForm } from '../runs';
import { TemporaryFolders } from '../workspaces/temporary-folder';

const top = join(__dirname, '../..');
const folders = new TemporaryFolders();
const describeLong = isLongForm ? describe : describe.skip;

function npm(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync('npm', args, { cwd: top, encoding: 'utf8' });
}

describeLong('npm at the top of this repository', () => {
  const manifest = readFileSync(join(top, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest) as { readonly name: string; readonly version: string };
  const tarball = `${name}-${version}.tgz`;

  afterEach(() => {
    expect(readFileSync(join(top, 'package.json'), 'utf8')).toBe(manifest);
    expect(existsSync(join(top, tarball))).toBe(false);
  });

  test('packs what is built, where it is told to', () => {
    const folder = folders.make();
    const { status, stdout, stderr } = npm('pack', '--pack-destination', folder);
    expect([status, stdout]).toEqual([0, expect.stringMatching(new RegExp(`${tarball}\\n$`))]);
    expect(stderr).toContain(`packed build/ as ${join(folder, tarball)}: `);
    const files = spawnSync('tar', ['tzf', join(folder, tarball)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    const built = readdirSync(join(top, 'build'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.sort()).toEqual(built.map((entry) => join('package', join(entry.parentPath, entry.name).slice(join(top, 'build/').length))).sort());
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
  });

  test('says what it would pack, and packs nothing', () => {
    const { status, stdout, stderr } = npm('pack', '--dry-run', '--json');
    expect([status, JSON.parse(stdout)]).toEqual([0, [expect.objectContaining({ filename: tarball })]]);
    expect(stderr).toMatch(/would pack build\/ as .*: [\d,]+ files, 2\.\d\d MB unpacked/);
  });

  test.each([[[]], [['--dry-run']]])('does not publish this folder, and says what to run (%j)', (flags) => {
    const { status, stderr } = npm('publish', ...flags);
    expect(status).not.toBe(0);
    expect(stderr).toContain('npm run build && npm publish ./build');
  });
});
