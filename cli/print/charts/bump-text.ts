import { shellWord } from '../../../layers/text/shell-word';
import type { Bump } from '../../prepare/charts/prepare-bump';
import type { PreparedPatch } from '../../prepare/prepare-patch';
import type { AppName } from '../../read/find-apps';
import type { ChangePrinter } from '../../write/carry-out';
import { newPatchJson, newPatchText } from '../new/new-patch-printer';
import { print, printJson } from '../print';

/** @param folder of the output, from the top of the repository @param afterwards the commands to run once the patch is committed */
export function bumpText(prepared: PreparedPatch, folder: string, afterwards: readonly string[]): ChangePrinter {
  const printer = newPatchText(prepared, folder);
  return {
    ...printer,
    written: (written, end) => {
      printer.written(written, end);
      print(['', 'Then:', ...afterwards.map((line) => `  ${line}`)].join('\n'));
    },
  };
}

export function bumpJson(prepared: PreparedPatch, { chart, repository, from, to, isDeprecated }: Bump, afterwards: readonly string[]): ChangePrinter {
  return newPatchJson(prepared, { chart, repository, from, to, ...(isDeprecated ? { deprecated: true } : {}), afterwards });
}

/** What follows a bump. @param isPinned whether charts of the fleet are fetched @param isRendered whether what it changes is */
export function afterBump({ clusterType, app, patch }: PreparedPatch, isPinned: boolean, isRendered: boolean): readonly string[] {
  const [type, name] = [clusterType, app].map(shellWord);
  return [
    ...(isPinned ? [`npx fleet charts pull ${type}/${name}`] : []),
    ...(isRendered ? [] : ['npx fleet synth']),
    `npx fleet promote ${type} ${name} ${shellWord(patch)}`,
  ];
}

export function printNothingToBump({ clusterType, app }: AppName, { chart, repository, from, to, because = '' }: Bump, json: boolean | undefined): void {
  if (json) printJson({ ok: true, clusterType, app, chart, repository, from, to, because, edited: [], written: [], removed: [], stale: [], next: [] });
  else print(`${app} in ${clusterType} ${because} (${chart} from ${repository}). Nothing was written.`);
}
