import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';
import type { SettingRemark } from '../setting-remark';

/** Rendered output has a folder of its own. */
export function* outputPaths({ fleet }: FleetSubject): Generator<Problem> {
  for (const { code, message, ...rest } of outputPathRemarks(fleet.path)) yield problemAt(fleet, code, message, { at: ['path'], ...rest });
}

/** What is wrong with a path of rendered output, whoever says it. */
export function outputPathRemarks(path: string): readonly SettingRemark[] {
  if (isOutputPath(path)) return [];
  const expected = "a folder from the top of the repository, such as 'dist'";
  return [{ code: 'invalid-name', message: `'${path}' cannot be the path of rendered output`, expected }];
}

/** Whether a path can name the folder of rendered output: one of its own below the top of the repository, and none of Git's. */
function isOutputPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no folder's name should hold
  if (path.trim() === '' || path.startsWith('/') || /[\u0000-\u001f\u007f]/.test(path)) return false;
  return !path.split('/').some((part) => part === '..' || part === '.' || part.toLowerCase() === '.git');
}
