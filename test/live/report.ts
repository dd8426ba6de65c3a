import type { Result } from './claims';

/** What a run of one topology proved. */
export interface Section {
  readonly topology: string;
  readonly date: string;
  readonly results: readonly Result[];
  readonly seconds: number;
}

export interface Report {
  readonly versions: Versions;
  readonly sections: readonly Section[];
}

type Versions = Readonly<Record<string, string>>;

const titles: Readonly<Record<string, string>> = {
  first: 'Regions that deploy themselves',
  second: 'A hub and its spokes',
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * What runs proved, as `docs/live.md`: each topology by its last run as a whole.
 *
 * @param former the document as it is: what it says of other topologies stays. @default - there is none
 * @throws Error where that is of other versions
 */
export function liveDocument({ versions, sections }: Report, former = ''): string {
  const before = versionsIn(former);
  const other = Object.keys(versions).find((name) => before[name] !== undefined && before[name] !== versions[name]);
  if (other !== undefined) throw new Error(`docs/live.md is of ${other} ${before[other]}, and not of ${versions[other]}: run all topologies`);
  const texts = new Map([...sectionsIn(former), ...sections.map((section) => [titles[section.topology] ?? section.topology, sectionText(section)] as const)]);
  return [
    '# Proved alive',
    'What these documents say, held by `npm run live` against real programs of the versions below ([testing.md](testing.md#alive)). This page is its report.',
    table(['what ran', 'version'], Object.entries({ ...before, ...versions })),
    ...[...texts].map(([title, text]) => `## ${title}\n\n${text}`),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function sectionText({ date, results, seconds }: Section): string {
  const held = results.filter(({ outcome }) => outcome === 'holds').length;
  const rows = results.map(({ step, claim, outcome, message }) => [`\`${step}\``, cell(claim), message ? `${outcome}: ${cell(message)}` : outcome]);
  return `${held} of ${results.length} claims held on ${date}, in ${Math.round(seconds / 60)} minutes.\n\n${table(['step', 'claim', 'result'], rows)}`;
}

function versionsIn(former: string): Versions {
  const [head = ''] = former.split(/^## /m);
  return Object.fromEntries(
    [...head.matchAll(/^\| (\S.*?) +\| (\S+) +\|$/gm)].flatMap(([, name = '', version = '']) =>
      version === 'version' || /^-+$/.test(version) ? [] : [[name, version]],
    ),
  );
}

function sectionsIn(former: string): readonly (readonly [title: string, text: string])[] {
  const [head = '', ...parts] = former.split(/^## /m);
  // Of a document that counted the claims of all topologies as one.
  const [whole] = /\d+ of \d+ claims held on \S+, in \d+ minutes\./.exec(head) ?? [];
  return parts.map((part) => {
    const [title = '', ...lines] = part.trim().split('\n');
    const text = lines.join('\n').trim();
    return [title, whole === undefined ? text : `With the other topology: ${whole}\n\n${text}`];
  });
}

/** As biome and people write one: columns of one width. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
