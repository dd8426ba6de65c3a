import { join, posix } from 'node:path';
import { entryAt } from '../files/entry-at';
import { readText } from '../files/read-file';
import { parseYaml } from '../yaml/parse-yaml';
import { gitlabPath } from './templates/pipeline/pipeline-files';
import { scriptPath } from './templates/pipeline/script';

/**
 * The pipelines that a repository has on GitHub and GitLab, what they include of it, and the script of a fleet's.
 *
 * @param top of the repository, absolute @param folder of the fleet, from there; `''` for the top
 * @returns paths from the top, of folders with `/` at the end
 */
export function knownPipelines(top: string, folder: string): readonly string[] {
  const found = ['.github/workflows', '.github/actions'].filter((path) => entryAt(join(top, path))?.isDirectory()).map((path) => `${path}/`);
  const script = posix.join(folder, scriptPath);
  const included = new Set<string>();
  if (entryAt(join(top, gitlabPath))) addIncluded(top, gitlabPath, included);
  return [...found, ...included, ...(entryAt(join(top, script)) ? [script] : [])];
}

/** So many files of one pipeline are followed: more than GitLab does. */
const most = 200;

function addIncluded(top: string, path: string, found: Set<string>): void {
  if (found.has(path) || found.size >= most) return;
  found.add(path);
  if (path.endsWith('/')) return;
  for (const local of localIncludes(join(top, path))) {
    const inside = posix.normalize(local.replace(/^\/+/, ''));
    // What somebody may put into a folder that a wildcard reads is included, too.
    const [plain = ''] = inside.split(/[^/]*\*/);
    if (plain !== '' && !plain.startsWith('../')) addIncluded(top, plain, found);
  }
}

/**
 * What a file of GitLab's includes of its own repository, as far as it says so without variables.
 *
 * @see https://docs.gitlab.com/ci/yaml/#include
 */
function localIncludes(file: string): readonly string[] {
  if (!entryAt(file)?.isFile()) return [];
  let content: unknown;
  try {
    content = parseYaml(readText(file)).toJS({ maxAliasCount: 100 });
  } catch {
    // GitLab says what is wrong with it.
    return [];
  }
  const { include } = (content ?? {}) as { readonly include?: unknown };
  return [include].flat().flatMap((one: unknown) => {
    const named = typeof one === 'string' ? one : ((one ?? {}) as { readonly local?: unknown }).local;
    return [named].flat().filter((path): path is string => typeof path === 'string' && !/^https?:|\$/.test(path));
  });
}
