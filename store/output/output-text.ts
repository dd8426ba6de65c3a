import type { OutputFile } from '../../layers/output';
import { type PlainMap, toHelmTemplate, toYaml } from '../yaml/yaml-text';
import { appRecordText, fleetRecordText } from './record-text';
import { renderedHeader } from './rendered-header';

/** An object may be applied as it is in one place, and be part of a chart in another. */
const known = { template: new WeakMap<object, string>(), manifest: new WeakMap<object, string>() } as const;

/** A file of rendered output as text. */
export function fileText(file: OutputFile): string {
  if (file.kind === 'record') return appRecordText(file.path, file.record);
  if (file.kind === 'fleet-record') return fleetRecordText(file.record);
  if (file.kind === 'note') return file.text;
  if (file.kind === 'helm-values')
    return `${renderedHeader}: the values of a chart. Change the configuration and run \`npx fleet synth\`.\n${toYaml(file.values.plain)}`;
  if (file.kind === 'chart') return `${renderedHeader}: change the configuration and run \`npx fleet synth\`.\n${toYaml(file.document as PlainMap)}`;
  const form = file.kind === 'template' || file.inChart ? 'template' : 'manifest';
  let text = known[form].get(file.document);
  if (text === undefined) {
    text = form === 'template' ? toHelmTemplate(file.document) : toYaml(file.document);
    known[form].set(file.document, text);
  }
  return text;
}
