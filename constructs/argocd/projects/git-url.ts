/**
 * A repository's URL as Argo CD compares it (argo-cd, util/git, `NormalizeGitURL`): in lower case, without `.git` at its end,
 * `git@host:path` and `ssh://git@host/path` as one. A pattern of URLs is one too.
 */
export function comparableUrl(url: string): string {
  const lower = url.trim().toLowerCase();
  const isSsh = /^(ssh:\/\/)?[^/:]*@[^@]+$/.test(lower);
  const schemed = isSsh && !lower.startsWith('ssh://') ? `ssh://${lower.replace(':', '/')}` : lower;
  // Go's `url.URL` writes what a path may not hold in percent, braces of patterns among it.
  return schemed
    .replace(/\.git$/, '')
    .replace(/^ssh:\/\//, '')
    .replace(/[^\w\-.~!$&'()*+,;=:@[\]/%?#]/gu, (char) => (/\p{Cs}/u.test(char) ? char : encodeURIComponent(char)));
}
