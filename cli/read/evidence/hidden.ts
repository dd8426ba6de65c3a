import type { PatchView } from '../../../constructs';

/** The variable that holds the address of the webhook, where `fleet notify` is told no other one. */
export const defaultWebhookEnv = 'FLEET_WEBHOOK';

/**
 * Takes what is secret out of what others say: the values of all variables that evidence names, and of the one with the address of
 * the webhook. A command has them in its environment, and may print them.
 *
 * @param tokens others that were read: servers may have their own
 */
export function hiderOf(views: ReadonlySet<PatchView>, tokens: ReadonlySet<string>): (text: string) => string {
  const evidence = new Set([...views].flatMap(({ state }) => state.nodes.flatMap((node) => node.evidence ?? [])));
  const options = [...evidence].flatMap((one): readonly { readonly tokenEnv?: string }[] => Object.values(one));
  const values = [defaultWebhookEnv, ...options.flatMap(({ tokenEnv }) => tokenEnv ?? [])].map((name) => process.env[name]?.trim() ?? '');
  // What is part of another one would leave the rest of it.
  const secrets = [...new Set([...values, ...tokens])].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
