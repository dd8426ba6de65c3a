import { withArticle } from '../../../layers/text/with-article';
import { outputPlace } from '../../../store/output/output-place';
import type { PreparedNode } from '../../prepare/prepare-node';
import { firstNames } from '../../read/first-names';
import type { LoadedFleet } from '../../read/load-fleet';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import type { Row } from '../rows';
import { additionText } from './addition-text';

export function newNodeText({ config, fleet }: LoadedFleet, { dimension, path, parent, behind, targets, patches }: PreparedNode): ChangePrinter {
  const where = behind === undefined ? 'the first' : `behind ${behind}`;
  return changeText({
    title: `${path}, ${withArticle(dimension)}`,
    rows: [
      ['place', parent === undefined ? where : `${where}, in ${parent}`],
      ...(targets.length > 0
        ? targets.map(({ clusterType, path: target, apps }): Row => ['gets', `${clusterType}/${target}: ${firstNames(apps).join(', ') || 'no app'}`])
        : [none]),
      ...patches.map(({ clusterType, app, patch, at }): Row => {
        const name = `${patch} of ${app} in ${clusterType}`;
        return at === undefined
          ? ['passed by', `${name} has gone on already: \`fleet promote ${clusterType} ${app} ${patch} --fill\` lets it enter here`]
          : ['covered', `by ${name}, which is at ${at}`];
      }),
    ],
    dryRun: ({ changes }) => additionText(changes(), outputPlace(config, fleet.path), fleet.path),
  });
}

const none: Row = ['gets', 'nothing yet'];

export function newNodeJson({ dimension, path, behind, file, targets, patches }: PreparedNode): ChangePrinter {
  return changeJson({ dimension, path, behind: behind ?? null, file, targets, patches });
}
