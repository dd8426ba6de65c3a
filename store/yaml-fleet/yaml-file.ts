import { readFileSync } from 'node:fs';
import { type Document, isScalar, LineCounter, parseDocument } from 'yaml';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { shown } from '../config-folder';
import { conflictProblem } from '../merge-conflict';
import { checkDocument, type Report } from './check-document';

/** The content of a configuration file. */
export interface YamlFile {
  /** Relative to the working directory. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
  /** Shared by files with the same text. */
  readonly content: { readonly [key: string]: unknown };
}

/** How an alias may multiply what a file says: enough for people, and no bomb. */
const maxAliasCount = 1000;

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
      text = decode(readFileSync(path));
    } catch (cause) {
      this.problems.push({ ...unreadable(cause), file });
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

/** @throws whatever neither the file nor its bytes can be blamed for */
function unreadable(cause: unknown): Found {
  if (cause instanceof NoText) {
    return { code: 'yaml-syntax', message: 'the file is not UTF-8', expected: 'text in UTF-8', hint: 'save it as UTF-8', ...cause.problem };
  }
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) throw cause;
  return { code: 'yaml-syntax', message: `the file cannot be read: ${code}` };
}

/** How every configuration file is parsed; whoever looks for the line of a value parses it again. */
export function parseYaml(text: string, lineCounter?: LineCounter): Document.Parsed {
  // Merge keys (`<<`) are YAML 1.1, and so are the files. Keys that stand there twice are looked for in our own check: here
  // it takes time that grows with the square of their number.
  return parseDocument(text, { lineCounter, merge: true, prettyErrors: false, uniqueKeys: false });
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
  return problems.length > 0 ? { problems } : contentOf(document);
}

function contentOf(document: Document.Parsed): Parsed {
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount });
  } catch (cause) {
    // The library's one reason to refuse a document that it could parse and that was checked.
    if (!(cause instanceof ReferenceError)) throw cause;
    const hint = `an alias may stand for at most ${maxAliasCount} values: write them out`;
    return { problems: [{ code: 'yaml-syntax', message: 'the aliases of the file would multiply without end', hint }] };
  }
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
