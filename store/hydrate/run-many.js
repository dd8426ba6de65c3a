// Runs programs, as many of them at once as it is told to, and says how each ended. Plain JavaScript that needs nothing else: it
// is started by its own, from source as in the package, by somebody who waits for it (run-renderings.ts).
const { spawn } = require('node:child_process');
const { closeSync, openSync, readFileSync, writeFileSync } = require('node:fs');

const { cwd, env, jobs, processes, patience, maxOutput, pause, memory } = JSON.parse(readFileSync(0, 'utf8'));
/** When each ended, and which ones wait for it: a clock that both look at shows another second then. */
const endedAt = [];
const waiting = new Map();
const results = [];
const running = new Set();
let next = 0;
let ended = 0;

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

// What it may have of memory the shell says, which the program then takes the place of: Node has no word for it. What it is in
// is reserved memory, of which Go takes much: a limit for what has no end. Elsewhere than on Linux nobody keeps to it.
function started(program, args, options) {
  if (process.platform !== 'linux') return spawn(program, args, options);
  return spawn('/bin/sh', ['-c', `ulimit -v ${Math.floor(memory / 1024)} 2>/dev/null; exec "$0" "$@"`, program, ...args], options);
}

function run(index) {
  const { program, args, before = [], output, cwd: own = cwd, env: more } = jobs[index];
  const steps = [...before, args];
  const file = openSync(output, 'w');
  let stderr = '';
  let size = 0;
  let fault;
  let child;
  const stop = (why) => {
    fault ??= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('slow'), patience);
  const step = (at) => {
    child = started(program, steps[at], { cwd: own, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    const current = child;
    running.add(current);
    current.stdout.on('data', (chunk) => {
      size += chunk.length;
      if (size > maxOutput) return stop('large');
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
    current.on('close', (status, signal) => {
      running.delete(current);
      if (status === 0 && fault === undefined && at + 1 < steps.length) return step(at + 1);
      clearTimeout(timer);
      closeSync(file);
      results[index] = { status, signal, stderr, fault };
      ended += 1;
      endedAt[index] = Date.now();
      for (const waiter of waiting.get(index) ?? []) later(waiter, index);
      if (ended === jobs.length) process.stdout.write(JSON.stringify(results), () => process.exit(0));
      else begin();
    });
  };
  step(0);
}

// Whoever started it was killed: nobody waits any more.
const { ppid } = process;
setInterval(() => {
  if (process.ppid === ppid) return;
  for (const child of running) child.kill('SIGKILL');
  process.exit(1);
}, 500);

for (let index = 0; index < Math.max(1, processes); index += 1) begin();
