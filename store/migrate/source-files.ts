import type { Document } from 'yaml';
import type { Names } from '../expressions/to-typescript';
import { type FileParts, moduleText } from '../typescript/source-text';
import type { Comments, Source } from '../typescript/source-tree';
import { parseYaml } from '../yaml/parse-yaml';
import type { YamlFile } from '../yaml-fleet/yaml-file';
import { CommentBook } from './comment-book';
import { PlacedComments } from './place-comments';
import { type Uses, YamlSource } from './yaml-source';

/** A file to be written. */
export interface SourceFile {
  /** From the top of the configuration. */
  readonly path: string;
  readonly text: string;
}

/** A place in a YAML file that TypeScript does not show as it was. */
export interface Lost {
  readonly file: string;
  /** One-based. @default - not known */
  readonly line?: number;
  readonly place?: readonly string[];
  readonly text: string;
  /** Why it could not be expressed. @default - a comment without a place in the new file */
  readonly reason?: string;
}

/** An expression over other values, which became the value that it has now. */
export interface Frozen {
  readonly file: string;
  readonly place: readonly string[];
  readonly text: string;
}

/** The YAML files that become one file of TypeScript. */
export class SourceFiles {
  /** What the new file needs to import. */
  readonly uses: Uses = { cluster: false, unset: false, target: false };
  readonly #names: Names;
  readonly #sources = new Map<YamlFile, YamlSource>();
  readonly #book = new CommentBook();

  constructor(names: Names) {
    this.#names = names;
  }

  source(file: YamlFile): YamlSource {
    const known = this.#sources.get(file);
    if (known) return known;
    const document = parseYaml(file.text) as Document;
    const comments = new PlacedComments(file.text, document, this.#book, this.#book.numbersOf(file));
    const source = new YamlSource(document, comments, this.#names, this.uses);
    this.#sources.set(file, source);
    return source;
  }

  /** The numbers of comments that a copy of a file has and the original has not. */
  commentsOfCopy(copy: YamlFile, original: YamlFile): readonly string[] {
    return this.#book.ownOf(copy, original);
  }

  /** The number of a comment that no file has. */
  remark(text: string): string {
    return this.#book.add(text);
  }

  /** The text of the new file. @param parts their comments are numbers still */
  text({ before = [], body, ...parts }: FileParts): string {
    return moduleText({ ...parts, before: this.#book.write(before), body: this.#commented(body) });
  }

  #commented(source: Source): Source {
    if (source.kind === 'map') {
      const entries = source.entries.map((entry) => ({ ...entry, ...this.#written(entry), value: this.#commented(entry.value) }));
      return { ...source, entries, end: this.#book.write(source.end ?? []) };
    }
    if (source.kind === 'list') {
      const items = source.items.map((item) => ({ ...item, ...this.#written(item), value: this.#commented(item.value) }));
      return { ...source, items, end: this.#book.write(source.end ?? []) };
    }
    return source;
  }

  #written({ before = [], after }: Comments): Comments {
    const behind = after === undefined ? '' : this.#book.write(after.split(' ')).join(' ');
    return { before: this.#book.write(before), after: behind === '' ? undefined : behind };
  }

  /** Expressions of these files that became the values that they have now. */
  frozen(files: readonly YamlFile[]): readonly Frozen[] {
    return files.flatMap((file) => (this.#sources.get(file)?.frozen ?? []).map((frozen) => ({ file: file.file, ...frozen })));
  }

  /** What did not arrive of these files. */
  lost(files: readonly YamlFile[]): readonly Lost[] {
    return files.flatMap((file) => [
      ...(this.#sources.get(file)?.refused ?? []).map((refused) => ({ file: file.file, ...refused })),
      ...this.#book.lost(file).map(({ line, text }) => ({ file: file.file, line, text })),
    ]);
  }
}

/** `import { cluster, type FleetAppConfig } from 'cdk8s-fleet';` in the order that Biome gives the names. */
export function importLine(names: readonly string[], { cluster, unset, target }: Uses): string {
  const bare = (name: string) => name.replace('type ', '');
  const all = [...names, ...(cluster ? ['cluster'] : []), ...(unset ? ['unset'] : []), ...(target ? ['type Target'] : [])].sort((a, b) =>
    bare(a).localeCompare(bare(b), 'en'),
  );
  const onlyTypes = all.every((name) => name.startsWith('type '));
  return onlyTypes ? `import type { ${all.map(bare).join(', ')} } from 'cdk8s-fleet';` : `import { ${all.join(', ')} } from 'cdk8s-fleet';`;
}
