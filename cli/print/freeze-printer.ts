import type { Freeze } from '../../layers/hierarchy';
import { plural } from '../../layers/text/problem-text';
import type { PreparedFreeze } from '../prepare/prepare-freeze';
import { firstNames } from '../read/first-names';
import { reasonText } from '../read/patches/frozen-text';
import type { ChangePrinter } from '../write/carry-out';
import { changeJson, changeText } from './change-printer';
import { proofText } from './changes/proof-text';
import { print, printJson } from './print';
import type { Row } from './rows';

/** @param folder of the output, from the top of the repository */
export function freezeText({ path, freeze, before, above, targets, patches }: PreparedFreeze, folder: string): ChangePrinter {
  const names = patches.map(({ state: { clusterType, app, patch } }) => `${patch} of ${app} in ${clusterType}`);
  const rows: readonly Row[] = [
    ...(freeze ? [['reason', freeze.reason] as const, ['until', freeze.until ?? `\`fleet unfreeze ${path}\``] as const] : []),
    ...(before ? ([[freeze ? 'replaces' : 'was', freezeWords(before)]] as const) : []),
    ['holds', `nothing is promoted into ${targets === 1 ? 'its target' : `its ${plural(targets, 'target')}`}; \`fleet rollback\` goes on`],
    ...(names.length > 0 ? [['patches', firstNames(names).join(', ')] as const] : []),
    ...above.map((one) => ['above', `${one} is frozen, too`] as const),
  ];
  const shown = freeze ? rows : rows.filter(([label]) => label !== 'holds');
  return changeText({ title: `${path} ${freeze ? 'is frozen' : 'is let go'}`, rows: shown, dryRun: (proof) => proofText(folder, proof) });
}

function freezeWords({ reason, until }: Freeze): string {
  const text = reasonText(reason);
  return until === undefined ? text : `${text} (until ${until})`;
}

export function freezeJson(prepared: PreparedFreeze): ChangePrinter {
  return changeJson(freezeData(prepared));
}

/** Nothing is to be written: the node says the same already. */
export function printFrozenAlready(prepared: PreparedFreeze, json: boolean | undefined): void {
  if (json) printJson({ ok: true, ...freezeData(prepared), edited: [], written: [], removed: [], stale: [], next: [] });
  else print(`${prepared.path} is frozen already, and for this reason. Nothing was written.`);
}

function freezeData({ path, file, freeze, before, above, targets, patches }: PreparedFreeze): object {
  return {
    path,
    file,
    freeze: freeze ? written(freeze) : null,
    before: before ? written(before) : null,
    above,
    targets,
    patches: patches.map(({ state: { clusterType, app, patch } }) => ({ clusterType, app, patch })),
  };
}

function written({ reason, until }: Freeze): object {
  return { reason, ...(until === undefined ? {} : { until }) };
}
