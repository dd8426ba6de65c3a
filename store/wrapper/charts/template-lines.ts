import type { Layout } from '../layout';

/** A line of a template. */
export interface TemplateLine {
  /** From the top of the layout. */
  readonly path: string;
  /** Where it stands there. */
  readonly line: number;
  readonly text: string;
}

/** What a template makes: a manifest, with what it includes in its place. */
export interface TemplateDocument {
  /** @default - nothing says it */
  readonly kind?: TemplateLine & { readonly said: string };
  readonly lines: readonly TemplateLine[];
  /** Where something is included that the chart does not have. */
  readonly missing: readonly TemplateLine[];
}

/** How deep templates may include one another. */
const maxDepth = 10;

/** What the templates of a chart make, in the order of their files. */
export function documentsOf(chart: string, layout: Layout): readonly TemplateDocument[] {
  const paths = layout.filesBelow(`${chart}/templates`).filter((path) => !/\/NOTES\.txt$/.test(path));
  return documentsIn(new Map(paths.map((path) => [path, layout.text(path)])));
}

/** @param texts templates by their paths */
export function documentsIn(texts: ReadonlyMap<string, string>): readonly TemplateDocument[] {
  const defined = new Map<string, readonly TemplateLine[]>();
  const files = [...texts].map(([path, text]) => ({ path, lines: withoutDefined(path, text, defined) }));
  // Helm renders no file with a name like that.
  const rendered = files.filter(({ path }) => !/(?:^|\/)_[^/]*$/.test(path));
  return rendered.flatMap(({ lines }) => split(lines)).flatMap((lines) => documentOf(lines, defined));
}

/** Lines of a template that stand for themselves; what it defines is put aside. */
function withoutDefined(path: string, template: string, defined: Map<string, readonly TemplateLine[]>): readonly TemplateLine[] {
  // Comments and actions that run over several lines are no lines of what is rendered.
  const text = template.replace(/\{\{[\s\S]*?\}\}/g, (action) => (action.includes('\n') ? action.replace(/[^\n]/g, '') : action));
  const lines = text.split('\n');
  const own: TemplateLine[] = [];
  let inside: { readonly name: string; readonly lines: TemplateLine[] } | undefined;
  let depth = 0;
  lines.forEach((whole, index) => {
    const name = inside ? undefined : /\{\{-?\s*define\s+["`]([^"`]+)["`]\s*-?\}\}/.exec(whole)?.[1];
    if (name !== undefined) inside = { name, lines: [] };
    const line = { path, line: index + 1, text: whole.replace(/\{\{-?\s*define\s[^}]*\}\}/, '') };
    if (!inside) own.push(line);
    else {
      for (const [, word] of whole.matchAll(/\{\{-?\s*(define|if|range|with|block|end)\b/g)) depth += word === 'end' ? -1 : 1;
      inside.lines.push(line);
      if (depth > 0) return;
      defined.set(inside.name, inside.lines);
      inside = undefined;
      depth = 0;
    }
  });
  return own;
}

function split(lines: readonly TemplateLine[]): readonly (readonly TemplateLine[])[] {
  const all: TemplateLine[][] = [[]];
  for (const line of lines) {
    if (/^---(?:\s|$)/.test(line.text)) all.push([]);
    else all[all.length - 1]?.push(line);
  }
  return all;
}

const including = /\{\{-?\s*(?:include|template)\s+"([^"]+)"([^}]*)\}\}/;

/** @returns nothing of what prints nothing */
function documentOf(lines: readonly TemplateLine[], defined: ReadonlyMap<string, readonly TemplateLine[]>): readonly TemplateDocument[] {
  const missing: TemplateLine[] = [];
  const expand = (line: TemplateLine, depth: number): readonly TemplateLine[] => {
    const [action, name, rest = ''] = including.exec(line.text) ?? [];
    if (action === undefined || name === undefined) return [line];
    const body = depth < maxDepth ? defined.get(name) : undefined;
    if (!body) missing.push(line);
    const indent = ' '.repeat(Number(/\bn?indent\s+(\d+)/.exec(rest)?.[1] ?? 0));
    return [line, ...(body ?? []).flatMap((one) => expand(one, depth + 1)).map((one) => ({ ...one, text: indent + one.text }))];
  };
  const whole = lines.flatMap((line) => expand(line, 0));
  if (whole.every(({ text }) => printed(text).length === 0)) return [];
  const kinds = whole.flatMap((line) => {
    const said = /^(?:[{ ]*"kind"|kind): *["']?([^"',\s]*)/.exec(line.text)?.[1];
    return said === undefined ? [] : [{ ...line, said }];
  });
  return [{ ...(kinds[0] ? { kind: kinds[0] } : {}), lines: whole, missing }];
}

const control = /^(?:if|else|end|with|range|define|block|template|include|break|continue)\b|^\/\*|^\$\w+\s*:?=/;

/** What a line prints: text, and actions that give some. What is included stands for itself. */
export function printed(text: string): string {
  return text
    .replace(/#.*$/, '')
    .replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (action, inside: string) => (control.test(inside) ? '' : action))
    .trim();
}
