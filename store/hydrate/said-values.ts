import type { ChartInput } from '../../layers/charts/chart-input';
import type { Plain } from '../../layers/layer';
import { readGoYaml } from '../yaml/go-yaml';
import type { ChartSource } from './chart-sources';
import { chartTree } from './chart-tree';
import type { GivenFile, GivenFiles } from './input-files';

/** Whatever says values of a chart, the strongest first: parameters, texts and files that it is told, and what it says itself. */
export function saidValues({ values, parameters }: ChartInput, source: ChartSource, files: GivenFiles): readonly Plain[] {
  const textOf = ({ content }: GivenFile) => content.toString('utf8');
  const told = [...parameters, ...files.parameters.map((file) => ({ name: file.name, value: textOf(file) }))].reverse();
  const texts = [...files.values.map(textOf), ...values].reverse();
  return [...told.map(({ name, value }) => below(name.split('.'), value)), ...texts.map(read), ...ownValues(source)];
}

/** What charts say themselves, those above before those in them, which they beat. */
function ownValues(source: ChartSource): readonly Plain[] {
  return chartTree(source.files()).flatMap(({ keys, files }) => {
    const content = files.get('values.yaml');
    return content ? [below(keys, read(content.toString('utf8')))] : [];
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
