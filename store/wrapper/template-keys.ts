import type { Layout } from './layout';

/**
 * What is read of the ApplicationSets in the templates of a wrapper chart, from their `spec` on: `values` is what values say,
 * `inner` has keys of its own, and what is below `whole` does not matter, for its parts are read in another way.
 */
const known: { readonly [path: string]: 'values' | 'inner' | 'whole' } = {
  spec: 'inner',
  'spec.goTemplate': 'values',
  'spec.goTemplateOptions': 'values',
  'spec.generators': 'whole',
  'spec.syncPolicy': 'values',
  'spec.strategy': 'values',
  'spec.preservedFields': 'values',
  'spec.ignoreApplicationDifferences': 'values',
  'spec.template': 'inner',
  'spec.template.metadata': 'inner',
  'spec.template.metadata.name': 'whole',
  'spec.template.metadata.labels': 'values',
  'spec.template.metadata.annotations': 'values',
  'spec.template.spec': 'inner',
  'spec.template.spec.project': 'values',
  'spec.template.spec.destination': 'inner',
  'spec.template.spec.destination.name': 'values',
  'spec.template.spec.destination.server': 'values',
  'spec.template.spec.destination.namespace': 'values',
  'spec.template.spec.syncPolicy': 'values',
  'spec.template.spec.ignoreDifferences': 'values',
  'spec.template.spec.sources': 'inner',
  'spec.template.spec.sources.ref': 'whole',
  'spec.template.spec.sources.repoURL': 'values',
  'spec.template.spec.sources.targetRevision': 'values',
  'spec.template.spec.sources.path': 'values',
  'spec.template.spec.sources.chart': 'values',
  'spec.template.spec.sources.helm': 'inner',
  'spec.template.spec.sources.helm.releaseName': 'values',
  'spec.template.spec.sources.helm.ignoreMissingValueFiles': 'values',
  'spec.template.spec.sources.helm.valuesObject': 'whole',
  'spec.template.spec.sources.helm.valueFiles': 'whole',
};

/** What templates may say for all, since it is the same here. */
const alike =
  /^(?:goTemplate: true|goTemplateOptions: \[['"]?missingkey=error['"]?\]|preserveResourcesOnDeletion: true|project: ['"]?default['"]?|ignoreMissingValueFiles: true)$/;

/** A line of a template that says what is not carried over. */
export interface StrangeLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** Keys of ApplicationSets in a template that nothing here reads, and what it says whatever the values are. */
export function strangeLines(template: string): readonly StrangeLine[] {
  const found: StrangeLine[] = [];
  const above: { readonly indent: number; readonly path: string }[] = [];
  // Comments and actions that run over several lines are no lines of what is rendered.
  const lines = template.replace(/\{\{[\s\S]*?\}\}/g, (action) => (action.includes('\n') ? action.replace(/[^\n]/g, '') : action)).split('\n');
  lines.forEach((whole, index) => {
    const [, dashes = '', key, said = ''] = /^( *(?:- +)*)["']?([A-Za-z][\w./-]*)["']?:(?:\s+(.*))?$/.exec(whole.trimEnd()) ?? [];
    if (key === undefined) return;
    while (above.length > 0 && (above[above.length - 1]?.indent ?? 0) >= dashes.length) above.pop();
    const parent = above[above.length - 1]?.path;
    const path = parent === undefined ? key : `${parent}.${key}`;
    above.push({ indent: dashes.length, path });
    const text = `${key}: ${said}`.trim();
    if (!path.startsWith('spec.') || alike.test(text)) return;
    const say = (reason: string) => found.push({ line: index + 1, text, reason });
    const below = parent === undefined ? undefined : known[parent];
    if (below === 'values') say(`the templates say it of '${(parent as string).slice(5)}' whatever the values are: it is not carried over`);
    else if (below === 'inner' && known[path] === undefined) say(`'${path.slice(5)}' of the templates is not known: it is not carried over`);
    else if (known[path] === 'values' && said !== '' && !said.includes('{{')) say('the templates say it whatever the values are: it is not carried over');
  });
  return found;
}

/** Lists what the templates of wrapper charts say beside what is read of them. */
export function sayTemplates(charts: ReadonlySet<string>, layout: Layout): void {
  for (const path of [...charts].flatMap((chart) => layout.templatesOf(chart))) {
    for (const { line, text, reason } of strangeLines(layout.text(path))) layout.say({ file: layout.shown(path), line, text, reason });
  }
}
