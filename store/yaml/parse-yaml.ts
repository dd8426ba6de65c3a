import { type Document, type LineCounter, parseDocument } from 'yaml';

/** How every configuration file is parsed; whoever looks for the line of a value parses it again. */
export function parseYaml(text: string, lineCounter?: LineCounter): Document.Parsed {
  // Merge keys (`<<`) are YAML 1.1, and so are the files. Keys that stand there twice are looked for in our own check: here
  // it takes time that grows with the square of their number.
  return parseDocument(text, { lineCounter, merge: true, prettyErrors: false, uniqueKeys: false });
}
