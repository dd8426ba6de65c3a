/**
 * What a CODEOWNERS file takes for somebody: `@user`, `@company/team` (of GitLab with groups on the way) or a mail address.
 * GitHub skips a whole line with anything else in it.
 *
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 * @see https://docs.gitlab.com/user/project/codeowners/reference/
 */
export function isCodeOwner(text: string): boolean {
  return /^@[A-Za-z0-9_]([\w.-]*\w)?(\/[\w.-]*\w)*$/.test(text) || /^[\w.+%'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);
}

/** Whom {@link isCodeOwner} takes, in words. */
export const codeOwnerWords = '@user, @company/team or a mail address';

/**
 * The pattern of a path and, where it ends with `/`, of everything below it. Forges do not agree on how a wildcard is written
 * that is none: `?`, which is any one character, stands for each.
 *
 * @param path from the top of the repository
 */
export function codeOwnersPattern(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a folder's name may hold them
  return `/${path.replace(/[\u0000-\u001f\u007f*?[\]\\#!]/g, '?').replaceAll(' ', '\\ ')}`;
}
