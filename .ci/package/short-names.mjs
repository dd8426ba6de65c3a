import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { filesIn } from './reachable.mjs';

/**
 * Gives what is known within one function or class alone (variables, parameters, private members) short names in the compiled
 * code of a folder. What a file has at its top keeps its name, for stacks, and so does all that others see.
 */
export function shortenNames(folder) {
  for (const file of filesIn(folder).filter((one) => one.endsWith('.js') && !one.startsWith('imports/'))) {
    const [code, map] = [join(folder, file), join(folder, `${file}.map`)];
    const made = transformSync(readFileSync(code, 'utf8'), {
      configFile: false,
      swcrc: false,
      isModule: 'commonjs',
      inputSourceMap: readFileSync(map, 'utf8'),
      sourceMaps: true,
      jsc: { target: 'es2022', parser: { syntax: 'ecmascript' }, minify: { compress: false, mangle: { toplevel: false } } },
    });
    const name = file.slice(file.lastIndexOf('/') + 1);
    writeFileSync(code, `${made.code.trimEnd()}\n//# sourceMappingURL=${name}.map\n`);
    writeFileSync(map, made.map);
  }
}
