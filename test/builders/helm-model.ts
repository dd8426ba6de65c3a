/**
 * As much of Helm as our templates may use, written from the documentation of Go's text/template: text is copied; an
 * action is a back-quoted literal, or `required` with a back-quoted message and a value of the cluster, quoted as Go quotes it in
 * ASCII. A brace right before an action belongs to whichever `{{` comes first. Anything else is a template that we must never write.
 */
export function helmText(template: string, cluster: Readonly<Record<string, string>>): string {
  let text = '';
  let at = 0;
  while (at < template.length) {
    if (!template.startsWith('{{', at)) {
      text += template[at];
      at += 1;
      continue;
    }
    const literal = matchAt(/\{\{`([^`]*)`\}\}/y, template, at);
    const required = matchAt(
      /\{\{ regexReplaceAll `\^\.\|\.\$` \(required `([^`]*)` \.Values\.cluster\.([A-Za-z_][A-Za-z0-9_]*) \| toString \| printf `%\+q`\) `` \}\}/y,
      template,
      at,
    );
    const action = literal ?? required;
    if (!action) throw new Error(`an action that is none of ours: ${template.slice(at, at + 60)}`);
    if (literal) text += literal[1];
    if (required) {
      const value = cluster[required[2] ?? ''] ?? '';
      if (value === '') throw new Error(required[1]);
      // Without Go's quotation marks, as the regular expression takes them away.
      text += JSON.stringify(value).slice(1, -1);
    }
    at += action[0].length;
  }
  return text;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
