/** What helps in the end where a chart cannot be opened, for the layer that says that it should be. */
export const leftClosed = 'leave `hydrate` out there';

/** A hint for an app of which somebody else says that its charts are opened: leaving it out changes nothing. */
export function hintForOthers(hint: string): string {
  return hint.replaceAll(leftClosed, 'say `hydrate: false` in the app');
}
