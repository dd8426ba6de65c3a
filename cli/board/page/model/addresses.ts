/** @returns the page of a commit, where the template is of a place that a browser may go to */
export function addressOfCommit(template: string | undefined, hash: string): string | undefined {
  return isWeb(template) ? template.replace('{}', () => encodeURIComponent(hash)) : undefined;
}

/** @param line 0 where nobody knows it */
export function addressOfLine(template: string | undefined, file: string, line: number): string | undefined {
  if (!isWeb(template)) return undefined;
  const path = file.split('/').map(encodeURIComponent).join('/');
  return template.replace('{line}', () => String(Math.max(line, 1))).replace('{}', () => path);
}

/** A board is data: no text in it becomes a program. */
function isWeb(template: string | undefined): template is string {
  return template !== undefined && /^https?:\/\//i.test(template);
}
