import { setTimeout as sleep } from 'node:timers/promises';

/** What was waited for and did not come, with what the live system said last. */
export class NotYet extends Error {}

/** How many times longer than on an idle machine is waited before something counts as missing: a wait ends as soon as it can. */
const patience = 3;

/**
 * Asks again and again until nothing is missing.
 *
 * @param seconds how long an idle machine would need at most
 * @param missing gives what is still missing, as the live system says it; a throw is a failure at once
 */
export async function until(what: string, seconds: number, missing: () => Promise<string | undefined>, pause = 500): Promise<void> {
  const start = Date.now();
  const most = seconds * patience;
  for (;;) {
    const found = await missing();
    if (found === undefined) return;
    if (Date.now() - start > most * 1000) throw new NotYet(`waited ${most} s until ${what}, and found: ${found}`);
    await sleep(pause);
  }
}

/** Watches for some time that nothing goes wrong. */
export async function holds(what: string, seconds: number, wrong: () => Promise<string | undefined>, pause = 1000): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await wrong();
    if (found !== undefined) throw new Error(`for ${seconds} s it should hold that ${what}, and then: ${found}`);
    await sleep(pause);
  }
}
