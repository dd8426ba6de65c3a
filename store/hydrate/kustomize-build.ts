import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KustomizeTold } from '../../layers/charts/chart-input';
import { isMap } from '../../layers/plain-data';
import { saidBy } from '../charts/helm-said';
import { goYaml, parseGoDocuments } from '../yaml/go-yaml';
import { type KustomizeFolder, kustomizations } from './kustomize-folders';
import type { Rendering } from './run/run-renderings';

/**
 * Kustomize, and what it is given: a copy of the files that it may read, changed as Argo CD 3.6 changes them (util/kustomize,
 * `Build`). It finds no `git` and no `helm`, and runs no plugins.
 *
 * @param program absolute
 */
export function kustomizeBuild(program: string, { edits, patches, components }: KustomizeTold, source: KustomizeFolder): Rendering {
  return {
    furtherRuns: 0,
    names: { failure: `Kustomize cannot build ${source.shown}`, check: 'kustomize version', shown: source.shown },
    prepare(folder, index) {
      const top = join(folder, `${index}-files`);
      for (const [path, content] of source.files) {
        mkdirSync(dirname(join(top, path)), { recursive: true });
        writeFileSync(join(top, path), content);
      }
      const cwd = join(top, source.folder);
      if (patches.length > 0) addPatches(cwd, source, patches);
      const all = [...edits, ...(components.length > 0 ? [['add', 'component', ...components]] : [])];
      // Nothing that is a program lies in its home.
      return { program, args: ['build', '.'], cwd, before: all.map((edit) => ['edit', ...edit]), env: { PATH: join(folder, 'home') } };
    },
    explain({ stderr }, folder) {
      // How a command is used helps whoever wrote it.
      const said = /^Usage:$/m.test(stderr) ? (/^Error:.*$/m.exec(stderr)?.[0] ?? stderr) : stderr;
      const found = saidBy(said).replaceAll(new RegExp(`(?:/private)?${folder}/\\d+-files/?`, 'g'), '');
      return { found };
    },
  };
}

/** There is no `kustomize edit` for that: Argo CD writes them itself, into what Go reads of the first document. */
function addPatches(cwd: string, { folder, files }: KustomizeFolder, patches: KustomizeTold['patches']): void {
  const name = kustomizations.find((one) => files.has(join(folder, one))) ?? kustomizations[0];
  const [read] = parseGoDocuments(files.get(join(folder, name))?.toString('utf8') ?? '');
  const map = isMap(read) ? read : {};
  const own = Array.isArray(map.patches) ? map.patches : [];
  writeFileSync(join(cwd, name), goYaml({ ...map, patches: [...own, ...patches] }));
}
