import type { Result } from './claims';

export interface Report {
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly seconds: number;
}

const topologies: Readonly<Record<string, string>> = {
  first: 'Regions that deploy themselves',
  second: 'A hub and its spokes',
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What a whole run proved, as `docs/live.md`. */
export function liveDocument({ date, versions, results, seconds }: Report): string {
  const held = results.filter(({ outcome }) => outcome === 'holds').length;
  return `${[
    '# Proved alive',
    '',
    `What these documents say, held by \`npm run live\` against real programs of the versions below ([testing.md](testing.md#alive)). This page is its report: ${held} of ${results.length} claims held on ${date}, in ${Math.round(seconds / 60)} minutes.`,
    '',
    table(['what ran', 'version'], Object.entries(versions)),
    ...[...new Set(results.map(({ topology }) => topology))].flatMap((topology) => [
      '',
      `## ${topologies[topology] ?? topology}`,
      '',
      table(
        ['step', 'claim', 'result'],
        results
          .filter((result) => result.topology === topology)
          .map(({ step, claim, outcome, message }) => [`\`${step}\``, cell(claim), message ? `${outcome}: ${cell(message)}` : outcome]),
      ),
    ]),
  ].join('\n')}\n`;
}

/** As biome and people write one: columns of one width. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
