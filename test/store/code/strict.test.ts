import { strict } from '../../../store/code/strict';
import { TemporaryFolders } from '../../workspaces/temporary-folder';
import { serve } from '../../workspaces/workspace';

const folders = new TemporaryFolders();
const map = (mappings: string) => Buffer.from(JSON.stringify({ version: 3, mappings })).toString('base64');
const comment = (mappings: string) => `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${map(mappings)}`;

test('a module is strict, and its source map moves with it', () => {
  expect(strict(`var a=1;\n${comment('AAAA,IAAI')}`)).toBe(`"use strict";var a=1;\n${comment('aAAA,IAAI')}`);
  expect(strict(`\nvar a=1;\n${comment(';AAAA')}`)).toBe(`"use strict";\nvar a=1;\n${comment(';AAAA')}`);
  expect(strict('var a=1;')).toBe('"use strict";var a=1;');
  expect(strict('"use strict";var a=1;')).toBe('"use strict";var a=1;');
  const broken = '//# sourceMappingURL=data:application/json;base64,e30=';
  expect(strict(broken)).toBe(`"use strict";${broken}`);
});

test('what throws in a file is told with the line and the column where it stands', () => {
  const folder = folders.make({
    'fleet.ts': "\n\n  const a = 1; null!.b;\nexport default { repository: 'x', a };\n",
  });
  const { stdout } = serve(folder, ['check', '--json', '--config', folder]);
  expect(JSON.parse(stdout).problems).toEqual([expect.objectContaining({ code: 'config-throws', line: 3, column: 22 })]);
});
