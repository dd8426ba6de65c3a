import { type Document, isScalar, LineCounter } from 'yaml';
import { describe, isMap } from '../../layers/plain-data';
import { FleetError, type Problem } from '../../layers/problem';
import { shown } from '../files/paths';
import { readBytes } from '../files/read-file';
import { conflictProblem } from '../text/merge-conflict';
import { parseYaml } from '../yaml/parse-yaml';
import { checkDocument, type Report } from './check-document';
import { excessiveAlias, maxCharacters, maxValues } from './expansion';

/** The content of a configuration file. */
export interface YamlFile {
  /** Relative to the working directory. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
  /** Shared by files with the same text. */
  readonly content: { readonly [key: string]: unknown };
}

/** How many maps and lists may stand in one another: enough for people, and for the stack. */
const maxDepth = 200;

type Found = Omit<Problem, 'file'>;

interface Parsed {
  readonly content?: { readonly [key: string]: unknown };
  readonly problems: readonly Found[];
}

/** Reads YAML files; the copies of a patch have one text, which is parsed once. */
export class YamlReader {
  readonly #parsed = new Map<string, Parsed>();

  constructor(readonly problems: Problem[]) {}

  /**
   * @param path     absolute
   * @param expected what the file is for, should it be empty
   * @returns `undefined` where the file cannot be used; `problems` says why
   */
  read(path: string, expected: string): YamlFile | undefined {
    const file = shown(path);
    let text: string;
    try {
      text = decode(readBytes(path));
    } catch (cause) {
      if (cause instanceof FleetError) this.problems.push(...cause.problems);
      else this.problems.push({ ...unreadable(cause), file });
      return undefined;
    }
    let parsed = this.#parsed.get(text);
    if (!parsed) {
      parsed = parse(text);
      this.#parsed.set(text, parsed);
    }
    this.problems.push(...parsed.problems.map((problem) => ({ ...problem, ...(problem.code === 'file-empty' ? { expected } : {}), file })));
    return parsed.content && { file, path, text, content: parsed.content };
  }
}

/** Bytes that are no text. */
class NoText extends Error {
  constructor(readonly problem: Pick<Problem, 'found' | 'line' | 'column'>) {
    super();
  }
}

/** @throws NoText where the bytes are not UTF-8: what cannot be read must not become something else */
function decode(bytes: Buffer): string {
  if (/^(fffe|feff)/.test(bytes.toString('hex', 0, 2))) throw new NoText({ found: 'UTF-16' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const before = bytes.toString('utf8').split('\uFFFD')[0] ?? '';
    const lines = before.split('\n');
    throw new NoText({ line: lines.length, column: (lines[lines.length - 1] ?? '').length + 1 });
  }
}

/** @throws whatever the file's bytes cannot be blamed for */
function unreadable(cause: unknown): Found {
  if (!(cause instanceof NoText)) throw cause;
  return { code: 'yaml-syntax', message: 'the file is not UTF-8', expected: 'text in UTF-8', hint: 'save it as UTF-8', ...cause.problem };
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseYaml(text, lines);
  const problems: Found[] = [];
  const report: Report = (offset, problem) => {
    const { line, col } = lines.linePos(offset);
    problems.push({ ...problem, line, column: col });
  };
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) report(pos[0], syntaxProblem(code, message));
  if (problems.length > 0) {
    const conflict = conflictProblem(text, problems[0]?.line);
    return { problems: conflict ? [conflict] : problems };
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return { problems: [{ code: 'file-empty', message: 'the file is empty', hint: 'write something into it, or remove it' }] };
  }
  checkDocument(document, report);
  const excessive = problems.length === 0 ? excessiveAlias(document) : undefined;
  if (excessive) {
    report(excessive.offset, {
      code: 'yaml-syntax',
      message: `the aliases of the file multiply what it says: with '*${excessive.source}' it is too much`,
      expected: `at most ${maxValues} values and ${maxCharacters} characters once all aliases are written out`,
      hint: 'say it once, in a layer that is broader',
    });
  }
  return problems.length > 0 ? { problems } : contentOf(document);
}

function contentOf(document: Document.Parsed): Parsed {
  // Counted before: the library would count each alias by itself.
  const content: unknown = document.toJS({ maxAliasCount: -1 });
  if (!isMap(content)) {
    return { problems: [{ code: 'config-shape', message: 'the file cannot be read', line: 1, column: 1, expected: 'a map', found: describe(content) }] };
  }
  return isDeeper(content, maxDepth) ? { problems: [tooDeep] } : { content, problems: [] };
}

const tooDeep: Found = { code: 'yaml-syntax', message: `the file nests too deeply`, expected: `at most ${maxDepth} maps and lists in one another` };

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1));
}

function syntaxProblem(code: string, message: string): Found {
  if (code === 'MULTIPLE_DOCS') {
    return {
      code: 'yaml-syntax',
      message: 'there is more than one document in the file',
      expected: 'one',
      hint: "remove the '---' between them, or make files of them",
    };
  }
  if (code === 'TAB_AS_INDENT') return { code: 'yaml-syntax', message: 'a tab cannot indent', hint: 'use spaces' };
  if (code === 'TAG_RESOLVE_FAILED') {
    return {
      code: 'yaml-syntax',
      message: 'the tag cannot be used here',
      found: message.replace(/^.*: /, ''),
      hint: 'write the value itself, with quotes where it is text',
    };
  }
  if (/call stack/.test(message)) return tooDeep;
  return { code: 'yaml-syntax', message: `the file is not YAML: ${message}` };
}
