import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { isOutside } from '../files/paths';
import { realPath } from '../git/find-repository';
import { chartProblem } from './chart-problem';

/**
 * The folder of a chart that a command line names, from the top of the repository.
 *
 * @param base the top of the repository
 * @returns `undefined` where it names something else
 * @throws FleetError where it lies elsewhere, or is the folder of no chart
 */
export function tryChartFolder(arg: string, base: string): string | undefined {
  const looksLike = /^\.{0,2}\/|^\.{1,2}$|\/$/.test(arg);
  if (arg.includes('\0')) return undefined;
  const path = resolve(arg);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (!looksLike && !(isFolder && existsSync(join(path, 'Chart.yaml')))) return undefined;
  if (!isFolder) throw chartProblem('chart-unknown', `there is no folder '${arg}'`, { expected: 'the folder of a chart' });
  const folder = relative(base, realPath(path)).split(sep).join('/');
  if (isOutside(folder)) {
    throw chartProblem('chart-unknown', `'${arg}' lies outside of the repository`, {
      expected: `a folder below '${base}'`,
      hint: 'others would not have it: copy the chart into the repository',
    });
  }
  return folder === '' ? '.' : folder;
}
