import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/**
 * What an expression of Helm gives, read by Go from first to last: as JSON, which comes out in ASCII alone.
 *
 * @param files of the chart, beside the template
 */
export function byGo(expression: string, files: Readonly<Record<string, string>>, definitions = ''): unknown {
  const chart = mkdtempSync(join(tmpdir(), 'fleet-go-'));
  try {
    const all = {
      'Chart.yaml': 'apiVersion: v2\nname: probe\nversion: 1.0.0\n',
      'templates/_definitions.tpl': definitions,
      'templates/probe.yaml': `kind: Probe\njson: {{ ${expression} | toJson | printf "%+q" }}\n`,
      ...files,
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(chart, path)), { recursive: true });
      writeFileSync(join(chart, path), text);
    }
    const output = execFileSync('helm', ['template', 'release', chart], { encoding: 'utf8', maxBuffer: 100_000_000, stdio: ['ignore', 'pipe', 'pipe'] });
    return JSON.parse((parse(output) as { readonly json: string }).json);
  } finally {
    rmSync(chart, { recursive: true, force: true });
  }
}

/** Characters that some reader of YAML refuses, folds, or takes for the end of a line; and some that are only rare. */
export const rareCharacters: readonly string[] = [
  ...Array.from({ length: 0xa1 }, (_, code) => code).filter((code) => code < 0x21 || code > 0x7e),
  ...[0xad, 0xe9, 0x200b, 0x200e, 0x2028, 0x2029, 0x202e, 0x2060, 0xd7ff, 0xe000, 0xf8ff, 0xfdd0, 0xfdef, 0xfeff, 0xfffd, 0xfffe, 0xffff],
  ...[0x1f600, 0x1fffe, 0x1ffff, 0xf0000, 0x10ffff],
].map((code) => String.fromCodePoint(code));
