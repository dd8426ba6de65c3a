import { type Document, parseAllDocuments, parseDocument } from 'yaml';
import type { Plain } from '../../layers/layer';
import { goScalar } from '../../layers/text/go-scalar';
import { GoDecoder } from './go-decoder';
import { tryReadBlockStyle } from './read-rendered';

/**
 * Reads one document as Argo CD, Helm and kubectl do: with sigs.k8s.io/yaml, which is go.yaml.in/yaml v2 (`resolve.go`, `decode.go`)
 * made into JSON. Its scalars are neither those of YAML 1.1 (no base 60, `0o17` is octal) nor those of 1.2 (`on`, `010`, `1_000`), and of
 * equal keys the last one wins.
 *
 * @returns `null` where there is nothing in it
 * @throws Error where it is no YAML, or what JSON cannot hold
 */
export function readGoYaml(text: string): Plain {
  expectCharacters(text);
  // Most of what charts print is plain block style, which is read many times as fast.
  const read = tryReadBlockStyle(text.replace(/^---[ \t]*(#.*)?\n/, ''), plainInBlock);
  return read === undefined ? parseGoYaml(text) : read;
}

function plainInBlock(text: string): Plain {
  const plain = text.replace(/ +$/, '');
  if (plain === '<<') throw new Error('a merge key');
  return goScalar(plain, (message) => {
    throw new Error(message);
  });
}

/** The same of all of YAML. */
export function parseGoYaml(text: string): Plain {
  expectCharacters(text);
  return decoded(parseDocument(text, failsafe), text);
}

/** The same, of all documents of a text. */
export function parseGoDocuments(text: string): readonly Plain[] {
  expectCharacters(text);
  return parseAllDocuments(text, failsafe).map((document) => decoded(document, text));
}

/** Writes something so that Go reads it as what it is: as JSON, without characters that end a line to it, or that it refuses. */
export function goYaml(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What scalars and tags are is decided as Go does it, once a document is taken apart. */
export const failsafe = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, logLevel: 'error' } as const;

function decoded(document: Document.Parsed, text: string): Plain {
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n', 1)[0]?.replace(/:$/, ''));
  return new GoDecoder(document, text).decode();
}

/** What Go refuses, and what ends a line to Go alone. */
const foreign = /[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)|[\u2028\u2029]|(?!^)\ufeff/u;

function expectCharacters(text: string): void {
  const [found] = foreign.exec(text) ?? [];
  if (found !== undefined) throw new Error(`the character U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} stands in it`);
}
