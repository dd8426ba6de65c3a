import { messageOf, stackOf, thrownAs } from '../../layers/thrown';
import { placeInStack } from './config-modules';
import { report } from './reported';

/** Thrown in place of what code of a configuration may not do to the command that runs it. */
class Refused extends Error {}

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** Parts of `process` that its types leave out, and that can be replaced. */
interface OwnProcess {
  exit: AnyFunction;
  reallyExit: AnyFunction;
  abort: AnyFunction;
  kill: AnyFunction;
  chdir: AnyFunction;
  umask: AnyFunction;
  nextTick: AnyFunction;
  execve?: AnyFunction;
  removeAllListeners: AnyFunction;
  _tickCallback?: () => void;
}

const own = process as unknown as OwnProcess;
const listeners = [
  ['uncaughtException', (cause: unknown) => reportLate('code that it put off threw', cause)],
  ['unhandledRejection', (cause: unknown) => reportLate('a promise of it was rejected', cause)],
] as const;
let end: ((status: number) => void) | undefined;

/**
 * From here on the process belongs to the command: code that it runs can neither end it, nor move it to another folder,
 * nor change the rights of the files that it writes, nor what becomes of what it prints. Whoever tries to end or to move it gets an error, and is reported even where it is caught.
 */
export function ownProcess(): void {
  if (end) return;
  end = own.reallyExit.bind(process) as (status: number) => void;
  const { kill, nextTick, umask } = own;
  own.exit = (status) => refuse(`process.exit(${status ?? ''})`);
  own.reallyExit = (status) => refuse(`process.reallyExit(${status ?? ''})`);
  own.abort = () => refuse('process.abort()');
  own.chdir = (folder) => refuse(`process.chdir('${folder}')`);
  if (own.execve) own.execve = () => refuse('process.execve(…)');
  own.kill = (pid, ...rest) =>
    Math.abs(Number(pid)) === process.pid || Number(pid) === 0 ? refuse('process.kill(process.pid)') : kill.call(process, pid, ...rest);
  // Every path is resolved from there.
  keep(process, 'cwd', process.cwd);
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = process[name];
    keep(process, name, stream);
    keep(stream, 'write', stream.write);
  }
  own.umask = (...mask) => (mask.length > 0 ? refuse(`process.umask(${mask[0]})`) : umask.call(process));
  // What throws there would end the process, whoever is running it.
  own.nextTick = (run, ...args) => nextTick.call(process, guarded(run), ...args);
  for (const [name, listener] of listeners) process.on(name, listener);
  const { removeAllListeners } = own;
  own.removeAllListeners = (...event) => {
    removeAllListeners.apply(process, [...event]);
    for (const [name, listener] of listeners) if (!process.listeners(name as 'uncaughtException').includes(listener)) process.on(name, listener);
    return process;
  };
}

/** Whoever sets it to something else, packages among them (graceful-fs), goes on, and changes nothing. */
function keep(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { get: () => value, set: () => {}, enumerable: true, configurable: false });
}

/** Ends the process, whatever is still open. {@link ownProcess} was called before. */
export function endProcess(status: number): void {
  end?.(status);
}

/**
 * Runs what code put off with promises, so that what goes wrong there is known before anything is written.
 *
 * Node has no other way to do that while a command, which waits for nothing, is running (DEP0134 deprecates it in the
 * documentation alone). Without it the same is found, but afterwards.
 */
export function runPutOff(): void {
  if (end) own._tickCallback?.();
}

/** Whether the error is one that was reported when it was thrown. */
export function isRefused(cause: unknown): boolean {
  return thrownAs(cause, Refused) !== undefined;
}

function guarded(run: unknown): unknown {
  if (typeof run !== 'function') return run;
  return (...args: readonly unknown[]) => {
    try {
      run(...args);
    } catch (cause) {
      reportLate('code that it put off threw', cause);
    }
  };
}

const hint = 'a command ends by itself, in the folder where it began: throw an error where something is wrong';

function refuse(call: string): never {
  const error = new Refused(`it called ${call}, which would end or change the command that runs it`);
  report({ code: 'config-throws', message: `code of the configuration called ${call}`, ...placeInStack(error.stack), hint });
  throw error;
}

function reportLate(what: string, cause: unknown): void {
  // Reported when it was thrown.
  if (isRefused(cause)) return;
  const hint = 'configuration is read in one go: nobody waits for a promise or a timer';
  report({ code: 'config-throws', message: `${what}: ${messageOf(cause)}`, ...placeInStack(stackOf(cause)), hint });
}
