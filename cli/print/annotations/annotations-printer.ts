import { plural } from '../../../layers/text/problem-text';
import type { PreparedAnnotations } from '../../prepare/prepare-annotations';
import type { Drift } from '../../read/annotations/drift';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import { proofText } from '../changes/proof-text';
import { print, printJson } from '../print';
import { aligned, type Row } from '../rows';

/** At most so many are listed; `--json` has them all. */
const shown = 40;

/** @param folder of the output, from the top of the repository */
export function annotationsText({ taken, staying, change }: PreparedAnnotations, folder: string): ChangePrinter {
  return changeText({ title: change?.message ?? '', rows: [...driftRows(taken), ...stayingRows(staying)], dryRun: (proof) => proofText(folder, proof) });
}

export function annotationsJson({ taken, staying }: PreparedAnnotations): ChangePrinter {
  return changeJson({ annotations: taken, staying });
}

/** Nothing is to be written. */
export function printSaidAlready({ staying }: PreparedAnnotations, json: boolean | undefined): void {
  if (json) printJson({ ok: true, annotations: [], staying, edited: [], written: [], removed: [], stale: [], next: [] });
  else print(['Git says all of it already. Nothing was written.', ...aligned(stayingRows(staying))].join('\n'));
}

/** What differs between Git and a file. */
export function driftText(drift: readonly Drift[]): string {
  if (drift.length === 0) return 'Git and the file say the same.';
  const clusters = new Set(drift.map(({ cluster }) => cluster)).size;
  return [`${plural(drift.length, 'annotation')} of ${plural(clusters, 'cluster')} differ${drift.length === 1 ? 's' : ''}:`, ...aligned(driftRows(drift))].join(
    '\n',
  );
}

function driftRows(drift: readonly Drift[]): readonly Row[] {
  const rows = drift.slice(0, shown).map(({ kind, cluster, annotation, git, file }): Row => {
    const values = [git, file].map((value) => (value === undefined ? 'none' : JSON.stringify(value)));
    return [kind, `${cluster}  ${annotation}: ${values.join(' → ')}`];
  });
  return drift.length > shown ? [...rows, ['…', `and ${drift.length - shown} more (--json lists all)`]] : rows;
}

function stayingRows(staying: readonly Drift[]): readonly Row[] {
  return staying.length === 0 ? [] : [...driftRows(staying), ['', 'What is gone from the file stays in Git without --prune.']];
}
