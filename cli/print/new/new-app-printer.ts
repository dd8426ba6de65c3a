import { plural } from '../../../layers/text/problem-text';
import { shellWord } from '../../../layers/text/shell-word';
import { outputPlace } from '../../../store/output/output-place';
import type { NewAppFlags, PreparedApp } from '../../prepare/prepare-app';
import { firstNames } from '../../read/first-names';
import type { LoadedFleet } from '../../read/load-fleet';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import { print, printJson } from '../print';
import type { Row } from '../rows';
import { additionText } from './addition-text';

export function newAppText({ config, fleet }: LoadedFleet, prepared: PreparedApp): ChangePrinter {
  const { source, namespace } = prepared;
  return changeText({
    title: titleOf(prepared),
    rows: [['deploys', `${source.chart ?? source.path} ${source.targetRevision} of ${source.repoURL}, to the namespace ${namespace}`], whereRow(prepared)],
    dryRun: ({ changes }) => additionText(changes(), outputPlace(config, fleet.path), fleet.path),
  });
}

export function newAppJson({ clusterType, app, file, targets, start }: PreparedApp): ChangePrinter {
  return changeJson({ clusterType, app, file, targets, ...(start === undefined ? {} : { start }) });
}

/** Shows that a new app waits for approvals. */
export function printWaitingApp(prepared: PreparedApp, { approve, json }: NewAppFlags): void {
  const { open, start } = prepared;
  const flags = [...approve, ...open].map((gate) => `--approve ${shellWord(gate)}`).join(' ');
  if (json) {
    printJson({ ok: false, waitsFor: open, flags });
    return;
  }
  const slowly = start === undefined ? '\nTo let it start at the first path and be promoted from there, add:\n  --as-patch' : '';
  print(
    `${titleOf(prepared)}\n\nIt would be in ${plural(prepared.targets.length, 'target')} at once, and waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve, add:\n  ${flags}${slowly}`,
  );
}

function titleOf({ clusterType, app }: PreparedApp): string {
  return `${app}, new in ${clusterType}`;
}

function whereRow({ targets, start }: PreparedApp): Row {
  if (start !== undefined) return ['starts', `as patch-001 at ${start} (${plural(targets.length, 'target')})`];
  return targets.length === 0
    ? ['runs', 'nowhere yet: a patch with enabled=true rolls it out']
    : ['runs', `at ${plural(targets.length, 'target')}: ${firstNames(targets).join(', ')}`];
}
