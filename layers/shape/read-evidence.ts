import type { Finding } from '../consequences';
import { evidenceName } from '../law/evidence';
import { describe, isMap } from '../plain-data';
import { nearest } from '../text/nearest';
import { evidenceShapes } from './evidence-shape';
import type { AnyMap } from './read';
import type { Part, Whole } from './read-fields';
import type { Shape } from './shape';

/** What evidence is, in words. */
export const evidenceInWords = "a list such as [argoCD({ … }), prometheus({ … }), command('…'), (step) => …]";

/** Reads a map by its shape: {@link readFields}, which reads lists of evidence in turn. */
type ReadMap = (map: AnyMap, shape: Shape, whole: Whole, problems: Finding[]) => AnyMap;

/** Reads a list of evidence; what is no evidence is reported and left out. */
export function readEvidence(list: readonly unknown[], { file, place }: Part, problems: Finding[], read: ReadMap): readonly unknown[] {
  if (file?.endsWith('.yaml')) {
    problems.push({
      code: 'invalid-field',
      message: "a fleet in YAML has no 'evidence': it runs or sends something, and such a fleet is data",
      file,
      place,
      hint: '`fleet migrate` writes the fleet in TypeScript',
    });
    return [];
  }
  return list.filter((item, index) => isEvidence(item, { file, place: [...place, String(index)] }, problems, read));
}

function isEvidence(item: unknown, at: Part, problems: Finding[], read: ReadMap): boolean {
  if (typeof item === 'function') return true;
  const [kind = '', ...others] = isMap(item) ? Object.keys(item) : [];
  const shape: Shape | undefined = Object.hasOwn(evidenceShapes, kind) ? evidenceShapes[kind as keyof typeof evidenceShapes] : undefined;
  const options = isMap(item) ? item[kind] : undefined;
  if (!shape || others.length > 0 || !isMap(options)) {
    const near = nearest(kind, Object.keys(evidenceShapes));
    problems.push({
      code: 'wrong-type',
      message: 'that is no evidence',
      ...at,
      expected: "argoCD({ … }), prometheus({ … }), command('…'), or a function of the step",
      found: describe(item),
      ...(near === undefined ? {} : { hint: `what \`${near}(…)\` of cdk8s-fleet returns` }),
    });
    return false;
  }
  const before = problems.length;
  const place = { file: at.file, place: [...at.place, kind] };
  read(options, shape, { ...place, noun: `'${kind}'` }, problems);
  for (const [key, wrong] of Object.entries(wrongTexts)) {
    const value = options[key];
    const found = typeof value === 'string' && value.trim() !== '' ? wrong(value) : undefined;
    if (found !== undefined) problems.push({ code: 'invalid-field', ...found, file: at.file, place: [...place.place, key] });
  }
  return problems.length === before;
}

interface Wrong {
  readonly message: string;
  readonly expected: string;
  readonly found?: string;
}

const wrongAddress = (key: string) => (text: string) => {
  const wrong = wrongAddressOf(text);
  return wrong === undefined
    ? undefined
    : { message: `'${key}' is no address that can be asked`, expected: 'https://…, without a user or a password', found: wrong };
};

/** What is wrong with texts that are right as texts. */
const wrongTexts: Readonly<Record<string, (text: string) => Wrong | undefined>> = {
  server: wrongAddress('server'),
  url: wrongAddress('url'),
  name: (text) => (evidenceName.test(text) ? undefined : { message: `evidence cannot be called '${text}'`, expected: "a word such as 'errors'", found: text }),
  tokenEnv: (text) =>
    // It may be the token itself, which nothing prints.
    isVariable(text) ? undefined : { message: "'tokenEnv' names no environment variable", expected: variableInWords },
};

/** What `tokenEnv` is, in words. */
export const variableInWords = 'its name, such as ARGOCD_TOKEN: the token itself stands nowhere in a fleet';

/** Whether a text is the name of an environment variable, and no token. */
export function isVariable(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z_]\w*$/.test(text);
}

/** Why nothing is asked at an address; `undefined` where it can be. */
export function wrongAddressOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return text;
  return url.username === '' && url.password === '' ? undefined : `${url.protocol}//…@${url.host}`;
}

/** Whether what is sent to an address can be read on its way there: in the clear, and not to this machine itself. */
export function isOpenOnTheWay(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
