import { readFileSync } from 'node:fs';

/** This process, as it is told from a later one that got the same number: `4711 8812345`. */
export function ownProcess(): string {
  return `${process.pid} ${startOf(process.pid) ?? ''}`.trimEnd();
}

/** Whether the process that wrote this about itself still runs. In containers many processes are number 1. */
export function isRunning(written: string): boolean {
  const [number = '', start] = written.trim().split(' ');
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now === undefined ? true : now !== 'ended' && (start === undefined || now === start);
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
