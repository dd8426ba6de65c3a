import { plural } from '../../../layers/text/problem-text';
import { outputPlace } from '../../../store/output/output-place';
import type { PreparedClusterType } from '../../prepare/prepare-cluster-type';
import { firstNames } from '../../read/first-names';
import type { LoadedFleet } from '../../read/load-fleet';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import type { Row } from '../rows';
import { additionText } from './addition-text';

export function newClusterTypeText({ config, fleet }: LoadedFleet, { name, host, targets }: PreparedClusterType): ChangePrinter {
  const paths = targets.map(({ path }) => path);
  const rows: readonly Row[] = [
    ['rendered', `at ${plural(paths.length, 'target')}: ${firstNames(paths).join(', ')}`],
    ['runs', [...new Set(targets.flatMap(({ apps }) => apps))].join(', ')],
    ['deployed', host === name ? 'by its own Argo CD, once `fleet bootstrap` has started it' : `by the Argo CD of ${host}`],
  ];
  return changeText({
    title: host === undefined ? `${name}, a group of components` : `${name}, a cluster type`,
    rows: host === undefined ? [['runs', 'nowhere yet: a patch of its component with enabled=true rolls that out']] : rows,
    dryRun: ({ changes }) => additionText(changes(), outputPlace(config, fleet.path), fleet.path),
  });
}

export function newClusterTypeJson({ name, host, file, targets }: PreparedClusterType): ChangePrinter {
  return changeJson({ clusterType: name, ...(host === undefined ? {} : { host }), file, targets });
}
