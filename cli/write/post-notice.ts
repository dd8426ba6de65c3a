import { FleetError } from '../../constructs';
import type { Problem } from '../../layers/problem';
import { isOpenOnTheWay, isVariable, wrongAddressOf } from '../../layers/shape/read-evidence';
import { hiderOf, partsOfAddress } from '../../layers/text/hide-secrets';
import { askAll, type Reply } from '../../store/evidence/ask-all';
import { Outside } from '../read/evidence/outside';
import { secretsOfEnvironment } from '../read/evidence/secrets';

/** An address that is a secret: whoever knows it may post there. No message holds it. */
export interface Webhook {
  readonly url: string;
  /** The environment variable that had it. */
  readonly variable: string;
}

/** Shorter ones are words of an API: `v1`, `key`. */
const shortestPart = 4;

/** Of one try, in milliseconds. */
const timeout = 10_000;

/**
 * Takes the address of a webhook out of the environment: what runs after it, a configuration say, finds it there no more.
 *
 * @throws FleetError (`notify`) where the variable is none, is not set, or holds no address that can be posted to
 */
export function takeWebhook(variable: string): Webhook {
  if (!isVariable(variable)) {
    // It may be the address itself, which nothing prints.
    throw notPosted({
      message: "'--webhook-env' names no environment variable",
      expected: 'its name, such as FLEET_WEBHOOK: the address itself is no argument',
    });
  }
  const url = process.env[variable]?.trim() ?? '';
  delete process.env[variable];
  if (url === '') {
    throw notPosted({
      message: 'the address of the webhook is not set',
      expected: `the environment variable ${variable}, or another one with --webhook-env`,
      hint: '`--dry-run` shows the message without it',
    });
  }
  const found = wrongAddressOf(url) === undefined ? undefined : 'something else, which is not shown: it may be a secret';
  if (found !== undefined)
    throw notPosted({ message: `${variable} holds no address that can be posted to`, expected: 'https://…, without a user or a password', found });
  if (isOpenOnTheWay(url)) {
    throw notPosted({ message: `the address in ${variable} would be sent as everybody can read it`, expected: 'https://…', found: 'http://…' });
  }
  return { url, variable };
}

/** Posts a message, once. @throws FleetError (`notify`) where nobody took it */
export function postNotice({ url, variable }: Webhook, body: object): void {
  const [reply] = askAll([{ url, post: JSON.stringify(body), timeout }]);
  const found = whyNot(reply, url);
  if (found === undefined) return;
  throw notPosted({ message: `the message was not taken at the address in ${variable}`, expected: 'an answer with a status of 200 to 299', found });
}

function whyNot(reply: Reply | undefined, url: string): string | undefined {
  // Servers may repeat what they were asked.
  const outside = new Outside(hiderOf([...secretsOfEnvironment(), ...secretsIn(url)]));
  if (reply === undefined || 'none' in reply) return reply === undefined ? 'it was not asked' : outside.line(reply.none);
  const { status, body } = reply;
  if (status >= 200 && status < 300) return undefined;
  const words = outside.line(body);
  return `it answers with status ${status}${words === '' ? '' : `: ${words}`}`;
}

/** Of an address that only who may post knows, any part may be what others must not. */
function secretsIn(url: string): readonly string[] {
  return [url, ...partsOfAddress(url).filter((part) => part.length >= shortestPart)];
}

function notPosted(problem: Omit<Problem, 'code' | 'place'>): FleetError {
  return new FleetError([{ code: 'notify', place: [], hint: 'nothing was posted', ...problem }]);
}
