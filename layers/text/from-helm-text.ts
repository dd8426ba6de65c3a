/** `{{ … }}`, whose back-quoted literals may hold braces. */
const action = /\{\{((?:`[^`]*`|[^`}]|\}(?!\}))*)\}\}/g;
const literal = /^`([^`]*)`$/;
const value = /(?:^|[\s(])\.Values\.([\w.-]+)/;

/**
 * What a text of a rendered template stands for: literals as Helm prints them, and tokens as `{{ .Values.cluster.name }}`, which is
 * how readers see them everywhere.
 */
export function fromHelmText(text: string): string {
  if (!text.includes('{{')) return text;
  return text.replace(action, (whole, body: string) => {
    const [, printed] = literal.exec(body) ?? [];
    if (printed !== undefined) return printed;
    const [, name] = value.exec(withoutLiterals(body)) ?? [];
    return name === undefined ? whole : `{{ .Values.${name} }}`;
  });
}

function withoutLiterals(body: string): string {
  return body.replace(/`[^`]*`/g, '``');
}
