/** The address of a Git repository, so that two of the same text are one repository to Argo CD. */
export function gitAddress(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
