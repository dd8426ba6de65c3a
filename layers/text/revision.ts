const number = '(?:\\d+|[xX*])';
const part = `(?:[=!]=?|[<>]=?|=[<>]|~>?|\\^)? ?v?${number}(?:\\.${number}){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?`;
const constraint = new RegExp(`^${part}(?:(?: ?\\|\\| ?|, ?| - | )${part})*$`);

/** One version, as Argo CD takes it for one (argo-cd, util/versions, by Masterminds/semver): `v1.18.2`, `1.2`. */
export function isVersion(revision: string): boolean {
  return /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(revision);
}

/** Many versions, of which Argo CD takes the highest there is whenever it looks: `*`, `>=1`, `1.x`, `^2.1`. */
export function isRange(revision: string): boolean {
  const text = revision.trim().replace(/\s+/g, ' ');
  return text.length <= 200 && constraint.test(text) && !isVersion(text);
}

/** A branch, by its name: other names may be tags. */
export function isBranch(revision: string): boolean {
  return /^(HEAD|main|master|trunk|develop|refs\/heads\/.*)$/.test(revision);
}
