import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile, OutputFolder } from '../../../layers/output';
import { plural } from '../../../layers/text/problem-text';
import { fileText } from '../output-text';
import { reportText, settledLines, writeOutput } from '../write-output';
import { type Cdk8sOutput, isIndex, writeIndex } from './cdk8s-output';

type Output = Iterable<OutputFolder> & { readonly targets: number };

/**
 * Writes rendered output where `cdk8s synth` wants it, and what else the CLI looks at: all manifests of the fleet where it
 * prints them or has plugins validate them, else an index.
 *
 * @param config the configuration folder
 * @returns what was written, in a line each
 */
export function writeForCli(place: Cdk8sOutput, output: Output, config: string): { readonly lines: readonly string[]; readonly left: readonly string[] } {
  if (place.isPrinted)
    return { lines: [`${plural(output.targets, 'target')}, ${plural(writeStream(place.dir, output), 'manifest')} on standard output`], left: [] };
  const report = writeOutput(place.dir, output, { config });
  const written = [reportText(place.dir, report), ...settledLines(place.dir, report)];
  if (place.scratch === undefined) return { lines: place.isValidated ? [...written, alsoSeen(place.dir)] : written, left: report.left };
  if (!place.isValidated) writeIndex(place, report);
  return { lines: place.isValidated ? [...written, validated(place.scratch, output, config)] : written, left: report.left };
}

const isManifest = ({ kind }: OutputFile): boolean => kind === 'template' || kind === 'manifest';

/** One file, for the CLI prints all that it finds at once, in no order and with nothing in between. @returns how many manifests are in it */
function writeStream(dir: string, output: Output): number {
  const stream = openSync(join(dir, 'manifests.yaml'), 'w');
  try {
    let count = 0;
    for (const { path, files } of output) {
      for (const file of files.filter(isManifest)) {
        writeSync(stream, `${count === 0 ? '' : '---\n'}# ${path}/${file.path}\n${fileText(file)}`);
        count += 1;
      }
    }
    return count;
  } finally {
    closeSync(stream);
  }
}

/** Files for the plugins: what they do not take for manifests is left out. */
function validated(scratch: string, output: Output, config: string): string {
  let count = 0;
  const manifests = {
    targets: output.targets,
    *[Symbol.iterator](): Generator<OutputFolder> {
      for (const { path, files } of output) {
        const own = files.filter(isManifest);
        count += own.length;
        yield { path, files: own };
      }
    },
  };
  if (isIndex(scratch)) rmSync(join(scratch, 'index.yaml'));
  writeOutput(scratch, manifests, { config });
  return `${plural(count, 'manifest')} in ${scratch.replace(/\/*$/, '/')} for the validations of cdk8s.yaml`;
}

function alsoSeen(dir: string): string {
  const folder = dir.replace(/\/*$/, '/');
  return `The validations of cdk8s.yaml see every file of ${folder}: Chart.yaml, values.yaml and records too, which are no manifests. Without --output they see manifests only.`;
}
