import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { inTemporaryFolder } from '../files/temporary-folder';

/** The top of this package. */
const home = resolve(__dirname, '../..');

/** What its types are read from: source, or declarations where it is compiled. */
const types = join(home, extname(__filename) === '.ts' ? 'cli/entry/index.ts' : 'cli/entry/index.d.ts');

/** Formats a folder as this package is formatted, where its formatter is installed; long expressions are all that it finds to change. */
export function format(folder: string): void {
  const biome = tryFind('@biomejs/biome', 'bin/biome');
  if (biome)
    spawnSync(process.execPath, [biome, 'check', '--write', '--files-max-size=100000000', `--config-path=${join(home, 'biome.json')}`, resolve(folder)]);
}

/**
 * Has the TypeScript compiler look at a configuration folder, with the settings of this package.
 *
 * @returns what it says, nothing where all is well; `undefined` where TypeScript is not installed
 */
export function checkTypes(folder: string): string | undefined {
  const compiler = tryFind('typescript', 'bin/tsc');
  if (!compiler) return undefined;
  return inTemporaryFolder('types', (project) => {
    const settings = {
      extends: join(home, 'tsconfig.json'),
      compilerOptions: { paths: { 'cdk8s-fleet': [types] }, typeRoots: [join(home, 'node_modules/@types')] },
      include: [`${resolve(folder)}/**/*.ts`],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings));
    const { stdout, stderr } = spawnSync(process.execPath, [compiler, '--noEmit', '--pretty', 'false', '-p', project], { encoding: 'utf8' });
    return `${stdout}${stderr}`
      .trim()
      .split('\n')
      .map((line) => line.replace(/^(\S.*?)(?=\(\d+,\d+\): )/, (file) => relative(process.cwd(), resolve(file))))
      .join('\n');
  });
}

function tryFind(name: string, file: string): string | undefined {
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), file);
  } catch {
    return undefined;
  }
}
