import { join } from 'node:path';
import type { Problem } from '../../constructs';
import { shellWord } from '../../layers/text/shell-word';
import { isThere } from '../../store/files/paths';
import { History } from '../../store/git/history';
import { strayLayers } from '../../store/history/stray-layers';

/** What a merge moved in a fleet of YAML files, where a folder is a path of the hierarchy. */
export function movedLayerRemarks(config: string): readonly Problem[] {
  return strayLayers(new History(config), config).flatMap(({ file, from, merge }): readonly Problem[] => {
    const path = join(config, file);
    if (!isThere(path)) return [];
    const back =
      from === undefined ? undefined : `mkdir -p ${shellWord(join(config, from, '..'))} && git mv ${shellWord(path)} ${shellWord(join(config, from))}`;
    return [
      {
        code: 'layer-moved',
        severity: 'warning',
        message: `no commit put this file here: merge ${merge.slice(0, 12)} did, for Git took the folder around it for renamed`,
        file: path,
        place: [],
        found: from === undefined ? undefined : `the branch that was merged has it at '${join(config, from)}'`,
        hint: `${back === undefined ? 'move it where it belongs' : `move it back: \`${back}\``}; or, if it belongs here, commit an edit of it, such as a comment`,
      },
    ];
  });
}
