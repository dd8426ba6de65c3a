// Runs programs, as many of them at once as it is told to, and says how each ended. Plain JavaScript that needs nothing else: it
// is started by its own, from source as in the package, by somebody who waits for it (run-renderings.ts).
const { spawn } = require('node:child_process');
const { closeSync, openSync, readFileSync, rmSync, writeFileSync } = require('node:fs');

const { cwd, around, env, jobs, processes, patience, maxOutput, pause, memory, whole } = JSON.parse(readFileSync(0, 'utf8'));
/** When each ended, and which ones wait for it: a clock that both look at shows another second then. */
const endedAt = [];
const waiting = new Map();
const results = [];
const running = new Set();
let next = 0;
let ended = 0;
let printed = 0;
/** Why none begins any more, where all together took too much. */
let over;

function begin() {
  if (next >= jobs.length) return;
  const index = next;
  const { after } = jobs[index];
  next += 1;
  if (after === undefined) run(index);
  else if (endedAt[after] === undefined) waiting.set(after, [...(waiting.get(after) ?? []), index]);
  else later(index, after);
}

function later(index, after) {
  setTimeout(() => run(index), Math.max(0, endedAt[after] + pause - Date.now()));
}

// Each has a group of its own, by which it is killed with all that it started. A second process in there waits for the end of this
// one, which whoever kills it cannot keep from it, and kills the group then. What it may have of memory and of processors the shell
// says, which the program then takes the place of: Node has no word for it. Memory is what is reserved, of which Go takes much: a
// limit for what has no end. Elsewhere than on Linux nobody keeps to it.
const prologue = '(read -r _ <&3; kill -s KILL -- "-$$") >/dev/null 2>&1 & ulimit -v "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; shift 2; exec "$@" 3<&-';

function started(program, args, options) {
  if (process.platform === 'win32') return spawn(program, args, options);
  const limits = [Math.floor(memory / 1024), Math.ceil(patience / 1000) * Math.max(1, processes) + 1].map(String);
  return spawn('/bin/sh', ['-c', prologue, 'sh', ...limits, program, ...args], { ...options, stdio: [...options.stdio, 'pipe'], detached: true });
}

/** A program, and all that it started. */
function kill(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // There is none any more.
  }
}

function run(index) {
  const { program, args, before = [], after, output, cwd: own = cwd, env: more } = jobs[index];
  // What failed once is not tried again.
  if (over !== undefined || (after !== undefined && (results[after].status !== 0 || results[after].fault !== undefined)))
    return done(index, { status: null, signal: null, stderr: '', fault: over ?? 'left', time: 0, size: 0 });
  const steps = [...before, args];
  const file = openSync(output, 'w');
  const begun = Date.now();
  let stderr = '';
  let size = 0;
  let fault;
  let child;
  const stop = (why) => {
    fault ??= why;
    kill(child);
  };
  const timer = setTimeout(() => stop('slow'), patience);
  const step = (at) => {
    child = started(program, steps[at], { cwd: own, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    const current = child;
    const one = { stop };
    running.add(one);
    // What waits for the end of this process is told by its end alone.
    current.stdio[3]?.on('error', () => {});
    current.stdout.on('data', (chunk) => {
      size += chunk.length;
      printed += chunk.length;
      if (size > maxOutput) return stop('large');
      if (printed > whole.output) return stopAll('whole-output');
      try {
        if (at === steps.length - 1) writeFileSync(file, chunk);
      } catch (cause) {
        stop(cause.message);
      }
    });
    current.stderr.setEncoding('utf8').on('data', (text) => {
      // Its first and its last words are what is asked for.
      stderr = stderr.length + text.length > 65_536 ? stderr.slice(0, 32_768) + (stderr.slice(32_768) + text).slice(-32_768) : stderr + text;
    });
    current.on('error', (cause) => {
      fault ??= cause.message;
    });
    current.on('exit', () => kill(current));
    current.on('close', (status, signal) => {
      running.delete(one);
      current.stdio[3]?.destroy();
      if (status === 0 && fault === undefined && at + 1 < steps.length) return step(at + 1);
      clearTimeout(timer);
      closeSync(file);
      done(index, { status, signal, stderr, fault, time: Date.now() - begun, size });
    });
  };
  step(0);
}

function done(index, result) {
  results[index] = result;
  ended += 1;
  endedAt[index] = Date.now();
  for (const waiter of waiting.get(index) ?? []) later(waiter, index);
  if (ended === jobs.length) process.stdout.write(JSON.stringify(results), () => process.exit(0));
  // Of many that do not begin each is left by its own.
  else setImmediate(begin);
}

function stopAll(why) {
  over ??= why;
  for (const { stop } of running) stop(why);
}
setTimeout(() => stopAll('whole-time'), Math.min(whole.time, 2 ** 31 - 1));

/** Nobody waits any more: nothing stays, of programs or of files. */
function giveUp(status) {
  for (const { stop } of running) stop('left');
  try {
    rmSync(around, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // The next command removes it.
  }
  process.exit(status);
}
for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) process.on(signal, () => giveUp(128 + number));
process.on('exit', () => stopAll('left'));

// Whoever started it was killed.
const { ppid } = process;
setInterval(() => {
  if (process.ppid !== ppid) giveUp(1);
}, 500);

for (let index = 0; index < Math.max(1, processes); index += 1) begin();
