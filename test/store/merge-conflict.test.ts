import { readConfig } from '../../store/read/read-config';
import { conflictProblem } from '../../store/text/merge-conflict';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { serve } from '../workspaces/workspace';

const folders = new TemporaryFolders();
const conflict = (ours: string, theirs: string) => `<<<<<<< HEAD\n${ours}\n||||||| base\n=======\n${theirs}\n>>>>>>> topic\n`;

test.each([
  ['a whole conflict', `a\n${conflict('b', 'c')}d`, undefined, 2],
  ['one of a file with line ends of Windows', `a\r\n${conflict('b', 'c').replaceAll('\n', '\r\n')}`, undefined, 2],
  ['what is left of one', 'a\n>>>>>>> topic\n', undefined, 2],
  ['a line in the middle that nothing else explains', 'a\n=======\nb', 2, 2],
])('%s is told', (_, text, line, at) => {
  expect(conflictProblem(text, line)).toMatchObject({ code: 'merge-conflict', line: at });
});

test.each([
  ['no marker', 'a\nb', 1],
  ['a title that is underlined, elsewhere', 'Title\n=======\nb(', 3],
  ['markers inside of lines', '  <<<<<<< HEAD\nx >>>>>>> y\n<<<<<<<< eight', 1],
])('%s is none', (_, text, line) => {
  expect(conflictProblem(text, line)).toBeUndefined();
});

test('a conflict in a file of a YAML fleet is told as that, and not as one in a text', () => {
  const config = 'dimensions: []\n';
  const folder = folders.make({
    'config.yaml': conflict(config, config),
    'infra/defaults.yaml': `description: |\n  Title\n  =======\n  ${'<'.repeat(7)} HEAD\n`,
  });
  const { problems } = readConfig(folder);
  expect(problems.filter(({ code }) => code === 'merge-conflict')).toMatchObject([{ file: expect.stringContaining('config.yaml'), line: 1 }]);
});

test('a conflict in a TypeScript file, or in one that it imports, is told as that; a template literal may show one', () => {
  const folder = folders.make({
    'fleet.ts': "export default { repository: 'x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };\n",
    'm/data.ts': `export default {\n${conflict("  project: 'a',", "  project: 'b',")}};\n`,
    'm/code.ts': `const a = () => 1;\n${conflict('', 'const b = 1;')}export default { a };\n`,
    'm/_shared.ts': `export const shared = {\n${conflict('a: 1,', 'a: 2,')}};\n`,
    'm/importer.ts': "import { shared } from './_shared';\nexport default { shared };\n",
    'm/title.ts': `export default {\n  description: \`Title\n=======\n<<<<<<< HEAD\n>>>>>>> x\`,\n  project: 'p',\n  source: { repoURL: 'x', path: 'y' },\n  destination: { name: 'z' },\n};\n`,
  });
  const { stdout } = serve(folder, ['check', '--json', '--config', folder]);
  const { problems } = JSON.parse(stdout) as { problems: readonly { code: string; file: string; line: number }[] };
  expect(problems.map(({ code, file, line }) => `${code} ${file.split('/').pop()}:${line}`)).toEqual([
    'merge-conflict _shared.ts:2',
    'merge-conflict code.ts:2',
    'merge-conflict data.ts:2',
  ]);
});
