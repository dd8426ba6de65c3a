import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTypes, format } from '../../../store/migrate/installed-tools';
import { templateOnLines } from '../../../store/typescript/template-lines';
import { longTest } from '../../long-test';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

jest.setTimeout(60_000);

const folders = new TemporaryFolders();
const fleet = `import { defineFleet } from 'cdk8s-fleet';

export default defineFleet({ repository: '', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] });
`;

describe('types', () => {
  longTest('are checked wherever the folder is, with the place of a mistake from the working directory', () => {
    const app = "import type { FleetAppConfig } from 'cdk8s-fleet';\n\nexport default { project: 7 } satisfies FleetAppConfig;\n";
    const folder = folders.make({ 'fleet.ts': fleet, 'mc/app.ts': app });
    const said = checkTypes(folder) ?? '';
    expect(said.split('\n')[0]).toMatch(/^\S*mc\/app\.ts\(3,\d+\): error TS\d+: .*'number'/);
    writeFileSync(join(folder, 'mc/app.ts'), app.replace('project: 7', "project: 'x'"));
    expect(checkTypes(folder)).toBe('');
  });
});

describe('formatting', () => {
  test('breaks code that is too long for its line, and keeps what the code says', () => {
    const call = `target.region.replaceAll('${'a'.repeat(60)}', '${'b'.repeat(60)}').replaceAll('c', 'd').slice(0, 10)`;
    const folder = folders.make({ 'app.ts': `export default { text: (target: { region: string }) => ${call} };\n` });
    format(folder);
    const text = readFileSync(join(folder, 'app.ts'), 'utf8');
    expect(text.split('\n').every((line) => line.length <= 160)).toBe(true);
    expect(text.replace(/\s+/g, '')).toContain(call.replace(/\s+/g, ''));
  });
});

describe('a template literal on lines', () => {
  test.each([
    [`\`a\\nb\\n\``, `\`a\nb\n\``],
    [`(target) => \`a\\n\${target.region.replaceAll('\\n', '}')}\\nb\\\\n\``, `(target) => \`a\n\${target.region.replaceAll('\\n', '}')}\nb\\\\n\``],
    [`(target: Target) => \`\\t\\u{7}\\n\\\`\\\${\``, `(target: Target) => \`\\t\\u{7}\n\\\`\\\${\``],
    ['(target) => target.region', '(target) => target.region'],
    [`\`space at the end \\nof a line\``, `\`space at the end \\nof a line\``],
  ])('%s', (code, expected) => {
    expect(templateOnLines(code)).toBe(expected);
  });
});
