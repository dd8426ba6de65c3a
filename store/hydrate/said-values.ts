import type { ChartInput } from '../../layers/charts/chart-input';
import type { Plain } from '../../layers/layer';
import { readGoYaml } from '../yaml/go-yaml';
import type { ChartSource } from './chart-sources';
import type { GivenFile, GivenFiles } from './input-files';
import { unpacked } from './unpacked';

/** Whatever says values of a chart, the strongest first: parameters, texts and files that it is told, and what it says itself. */
export function saidValues({ values, parameters }: ChartInput, source: ChartSource, files: GivenFiles): readonly Plain[] {
  const textOf = ({ content }: GivenFile) => content.toString('utf8');
  const told = [...parameters, ...files.parameters.map((file) => ({ name: file.name, value: textOf(file) }))].reverse();
  const texts = [...files.values.map(textOf), ...values].reverse();
  return [...told.map(({ name, value }) => below(name.split('.'), value)), ...texts.map(read), ...ownValues(source.files())];
}

/** What charts say themselves: those in them under their names. */
function ownValues(files: ReadonlyMap<string, Buffer>, above: readonly string[] = []): readonly Plain[] {
  // An archive has all in one folder.
  const top = files.has('Chart.yaml') ? '' : '[^/]+/';
  const place = new RegExp(`^${top}((?:charts/[^/]+/)*)(?:values\\.yaml|charts/([^/]+?)(?:-v?\\d[^/]*)?\\.tgz)$`);
  return [...files].flatMap(([path, content]) => {
    const [, charts, archive] = place.exec(path) ?? [];
    if (charts === undefined || above.length > 5) return [];
    const keys = [...above, ...charts.split('/').filter((_, index) => index % 2 === 1)];
    return archive === undefined ? [below(keys, read(content.toString('utf8')))] : ownValues(unpacked(content), [...keys, archive]);
  });
}

function below(keys: readonly string[], value: Plain): Plain {
  return keys.reduceRight<Plain>((inner, key) => ({ [key]: inner }), value);
}

/** What is no YAML, whoever renders it is told. */
function read(text: string): Plain {
  try {
    return readGoYaml(text);
  } catch {
    return null;
  }
}
