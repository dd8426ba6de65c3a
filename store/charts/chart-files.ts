import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compare } from '../../layers/problem';
import { ConfigFolders } from '../files/config-folder';
import { maxFileSize, readBytes } from '../files/read-file';
import { chartProblem } from './chart-problem';
import { readTar } from './tar';

/** The files of a chart that say what its values are, those of its subcharts included, by their paths from its top. */
export type ChartFiles = ReadonlyMap<string, Buffer>;

const names = ['Chart.yaml', 'requirements.yaml', 'values.yaml', 'values.schema.json'] as const;

/** How large an archive may be, for it is committed; and what is in it, and one file: as Helm has it. */
export const limits = { archive: maxFileSize, content: 100 * 2 ** 20, file: 5 * 2 ** 20 };

/** How deep charts may lie in one another. */
const deepest = 5;

/** Whether a file may say what the values of a chart are: its own, or one of a subchart. */
function isWanted(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const isBelowCharts = parts.slice(0, -1).every((part, index) => index % 2 === 1 || part === 'charts');
  return (names as readonly string[]).includes(name) ? isBelowCharts && parts.length % 2 === 1 : /^charts\/[^/]+\.tgz$/.test(path);
}

/**
 * The files of a packed chart. It is somebody else's: nothing of it is written anywhere, and it may be no larger than Helm
 * takes it.
 *
 * @param shown what it is called in messages
 * @throws FleetError where it is none
 */
export function filesOfArchive(archive: Buffer, shown: string, depth = 0): ChartFiles {
  const broken = (found: string) =>
    chartProblem('chart-broken', `the archive of ${shown} is no Helm chart`, { found, expected: 'a .tgz as `helm package` makes it' });
  if (archive.length > limits.archive) throw broken(`${archive.length} bytes, more than ${limits.archive}`);
  let files: ReadonlyMap<string, Buffer>;
  try {
    // All files of a chart lie in one folder, which is called as the chart is.
    files = readTar(gunzipSync(archive, { maxOutputLength: limits.content }), (path) => isWanted(path.slice(path.indexOf('/') + 1)));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw broken(code === 'ERR_BUFFER_TOO_LARGE' ? `more than ${limits.content} bytes, unpacked` : message);
  }
  const tops = new Set([...files.keys()].map((path) => path.slice(0, path.indexOf('/'))));
  const own = [...files].map(([path, content]): [string, Buffer] => [path.slice(path.indexOf('/') + 1), content]);
  if (tops.size > 1) throw broken(`several folders: ${[...tops].sort(compare).join(', ')}`);
  return checked(new Map(own), shown, depth);
}

/** The files of a chart in a folder. @throws FleetError where it is none */
export function filesOfFolder(folder: string, shown: string): ChartFiles {
  const files = new Map<string, Buffer>();
  const read = (path: string, depth: number) => {
    for (const name of names) {
      const file = [path, name].filter((part) => part !== '').join('/');
      if (existsSync(join(folder, file))) files.set(file, readBytes(join(folder, file)));
    }
    const charts = [path, 'charts'].filter((part) => part !== '').join('/');
    if (depth >= deepest || !existsSync(join(folder, charts))) return;
    for (const entry of new ConfigFolders().entries(join(folder, charts))) {
      if (entry.isLink) continue;
      if (entry.kind === 'folder') read(`${charts}/${entry.name}`, depth + 1);
      else if (path === '' && entry.kind === 'file' && entry.name.endsWith('.tgz')) files.set(`${charts}/${entry.name}`, readBytes(entry.path));
    }
  };
  read('', 0);
  return checked(files, shown, 0);
}

function checked(files: ReadonlyMap<string, Buffer>, shown: string, depth: number): ChartFiles {
  if (!files.has('Chart.yaml')) {
    throw chartProblem('chart-broken', `${shown} is no Helm chart`, { expected: 'Chart.yaml', found: 'none', hint: 'is it the folder of the chart itself?' });
  }
  const all = new Map<string, Buffer>();
  for (const [path, content] of files) {
    if (path.endsWith('.tgz')) {
      if (depth >= deepest) continue;
      const name = path.slice('charts/'.length, -'.tgz'.length);
      for (const [inner, text] of filesOfArchive(content, `${shown}, subchart ${name}`, depth + 1)) all.set(`charts/${name}/${inner}`, text);
    } else if (content.length > limits.file) {
      throw chartProblem('chart-broken', `${path} of ${shown} is too large`, { expected: `at most ${limits.file} bytes`, found: `${content.length}` });
    } else {
      all.set(path, content);
    }
  }
  return new Map([...all].sort(([a], [b]) => compare(a, b)));
}
