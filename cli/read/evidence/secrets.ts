import { secretLookalikes } from '../../../constructs/argocd/secrets/secret-lookalikes';
import type { LoadedFleet } from '../load-fleet';
import { namedOptions } from './named-options';

/** The variable that holds the address of the webhook, where `fleet notify` is told no other one. */
export const defaultWebhookEnv = 'FLEET_WEBHOOK';

/** What a variable is called that holds a secret. Where somebody works (`PWD`) is none. */
const secretName = /token|secret|passw|passphrase|credential|hook|key|_(pass|pwd|pat|auth)(_|$)/i;

/** How long a value is that is a secret for its name alone. */
const shortest = 8;

/**
 * What nothing that comes from outside may say: the values of the variables that evidence names at any target, whether it is asked there
 * or not, and of those that are secrets by their name or by how they look. A command has them all in its environment, and may print them.
 *
 * @param tokens others that were read
 */
export function secretsOf({ output }: Pick<LoadedFleet, 'output'>, tokens: Iterable<string>): readonly string[] {
  const names = new Set([...namedOptions(output)].flatMap(([, { tokenEnv }]) => tokenEnv ?? []));
  const named = [...names].map((name) => process.env[name]?.trim() ?? '');
  return [...new Set([...named, ...secretsOfEnvironment(), ...tokens])].filter((one) => one !== '');
}

/** Those that are secrets whatever a fleet says. */
export function secretsOfEnvironment(): readonly string[] {
  return Object.entries(process.env).flatMap(([name, value = '']) => (isSecret(name, value.trim()) ? [value.trim()] : []));
}

function isSecret(name: string, value: string): boolean {
  if (name === defaultWebhookEnv) return value !== '';
  return value.length >= shortest && (secretName.test(name) || secretLookalikes({ [name]: value }).length > 0);
}
