import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What is known of a process that wrote about itself: one of another machine or container cannot be asked. */
export type ProcessState = 'running' | 'ended' | 'elsewhere';

/**
 * This process, as it is told from a later one that got the same number: its number, its start in ticks of the machine, and
 * where numbers and ticks count. `4711 8812345 host/boot/namespace`; `-` stands for what the system does not tell.
 */
export function ownProcessId(): string {
  return `${process.pid} ${startOf(process.pid) ?? '-'} ${here()}`;
}

/** What became of the process that wrote this about itself. In containers many processes are number 1. */
export function stateOf(written: string): ProcessState {
  const [number = '', start = '-', where] = written.trim().split(' ');
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0) return 'ended';
  if (where !== undefined && where !== here()) return isRebooted(where) ? 'ended' : 'elsewhere';
  try {
    // This one is there, and while code of a configuration runs nothing asks about it.
    if (pid !== process.pid) process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return 'ended';
  }
  const now = startOf(pid);
  if (now === undefined) return 'running';
  if (now === 'ended') return 'ended';
  return (start === '-' ? mayBeFormer(pid) : now === start) ? 'running' : 'ended';
}

/** Earlier versions wrote a number and no start. This process writes more, and what is no Node is none of them: a container's first process, say. */
function mayBeFormer(pid: number): boolean {
  if (pid === process.pid) return false;
  const command = tryText(`/proc/${pid}/cmdline`);
  return command === '' || /node|npm|yarn|bun|jest|fleet|cdk8s|tsx/.test(command);
}

/** Whether a place is this machine before it was started anew: nothing of then runs. */
function isRebooted(where: string): boolean {
  const [host, boot] = where.split('/');
  const [ownHost, ownBoot] = here().split('/');
  return host === ownHost && boot !== ownBoot;
}

let place: string | undefined;

/** The machine, its start, and the container: a process number says something within all three only. */
function here(): string {
  place ??= [hostname().replace(/[\s/]/g, '_'), tryText('/proc/sys/kernel/random/boot_id'), namespace()].join('/');
  return place;
}

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
}

function tryText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** When a process was started, in ticks of the machine; `undefined` where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that was killed and not yet collected by its parent is there no more.
    return state === 'Z' || state === 'X' ? 'ended' : fields[18];
  } catch {
    return undefined;
  }
}
