/**
 * What branches of a fleet begin with: those of several fleets in one repository are told apart by where these lie. Not
 * `fleet/promote`, which is a branch where older pipelines ran, and Git has no branch below another one.
 *
 * @param config the configuration folder, from the top of the repository
 */
export function branchRoom(kind: 'steps' | 'evidence', config: string): string {
  const folder = config === 'config' ? '' : config.replace(/\/config$/, '');
  return `fleet/${kind}${folder === '' ? '' : `-${folder.split('/').map(branchWord).join('+')}`}`;
}

/** Text as a part of a branch's name, so that Git takes it, whatever it is, and no other text is written the same. */
export function branchWord(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]|^\.|\.(?=\.|$|lock$)/gu, (found) =>
    [...Buffer.from(found)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
