/** Takes secrets out of a text. */
export type Hide = (text: string) => string;

/** How long a line of a secret, or a part of an address, is that is hidden by itself. */
const shortestPart = 8;

/**
 * Hides secrets however others repeat them: as they are, as JSON or an address has them, line by line, and what an address has that is
 * secret as a whole: its login, the parts of its path, the values of its query. It sees whole texts alone: what is cut in two it finds no more.
 */
export function hiderOf(secrets: Iterable<string>): Hide {
  const forms = new Set([...secrets].flatMap((one) => formsOf(one.trim())).filter((one) => one !== ''));
  // What is part of another one would leave the rest of it.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, '***'), text);
}

function formsOf(secret: string): readonly string[] {
  const lines = secret.split('\n').map((line) => line.trim());
  const parts = [...(lines.length > 1 ? lines.filter((line) => line.length >= shortestPart) : []), ...partsOfAddress(secret).filter(isTelling)];
  return [secret, ...parts].flatMap((part) => [part, JSON.stringify(part).slice(1, -1), new URLSearchParams({ part }).toString().slice('part='.length)]);
}

/** What an address has behind its host, and its login, as it is written and as it is meant; nothing of what is no address. */
export function partsOfAddress(text: string): readonly string[] {
  if (!URL.canParse(text)) return [];
  const { username, password, pathname, search } = new URL(text);
  const values = search.slice(1).split('&');
  const parts = [username, password, ...pathname.split('/'), ...values.map((one) => one.slice(one.indexOf('=') + 1))];
  return [...new Set(parts.flatMap((part) => [part, meant(part)]))].filter((part) => part !== '');
}

function meant(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}

/** Whether a part of an address may be a secret: `services` and `api` are words that others say. */
function isTelling(part: string): boolean {
  return part.length >= shortestPart && (/[\dA-Z]/.test(part) || part.length >= 2 * shortestPart);
}
