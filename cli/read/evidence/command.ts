import { resolve } from 'node:path';
import type { Answer, OptionsOf } from '../../../layers/law/evidence';
import { parseDuration } from '../../../layers/text/duration';
import type { Reply } from '../../../store/evidence/ask-all';
import type { Ask, Asking } from './asking';

/** @param config the folder where it is run */
export function askCommand({ step, view }: Ask, { run, timeout }: OptionsOf<'command'>, config: string): Asking {
  const { at, clusterType, app, apps, patch } = step;
  const names = view.state.dimensions.map((dimension) => [`FLEET_${dimension.toUpperCase().replace(/\W/g, '_')}`, String(at[dimension])]);
  const env = {
    ...Object.fromEntries(names),
    FLEET_TARGET: at.path,
    FLEET_CLUSTER_TYPE: clusterType,
    FLEET_APP: app,
    FLEET_APPS: apps.join(' '),
    FLEET_PATCH: patch,
  };
  return { questions: [{ command: run, cwd: resolve(config), env, timeout: parseDuration(timeout ?? '5m') ?? 0 }], answer: ([reply]) => answerOf(reply) };
}

/** What the exit status of a command says, as `sysexits.h` has it: 75 is a failure that may be over the next time. */
function answerOf(reply: Reply | undefined): Answer {
  if (reply === undefined || 'none' in reply) return { is: 'no-answer', why: reply?.none ?? 'it was not run' };
  const { status, body: last } = reply;
  if (status === 0) return { is: 'good' };
  if (status === 126 || status === 127) return { is: 'no-answer', why: `it cannot be started: ${last || `status ${status}`}` };
  return { is: status === 75 ? 'not-yet' : 'bad', why: last || `it ends with status ${status}` };
}
