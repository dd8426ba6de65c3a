// Runs one program many times, as many of them at once as it is told to, and says how each ended. Plain JavaScript that needs
// nothing else: it is started by its own, from source as in the package, by somebody who waits for it (run-helm.ts).
const { spawn } = require('node:child_process');
const { closeSync, openSync, readFileSync, writeFileSync } = require('node:fs');

const { program, cwd, env, jobs, processes, patience, maxOutput, pause } = JSON.parse(readFileSync(0, 'utf8'));
/** When each ended, and which one waits for it: a clock that both look at shows another second then. */
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
  else if (endedAt[after] === undefined) waiting.set(after, index);
  else later(index, after);
}

function later(index, after) {
  setTimeout(() => run(index), Math.max(0, endedAt[after] + pause - Date.now()));
}

function run(index) {
  const { args, output, env: own } = jobs[index];
  const file = openSync(output, 'w');
  const child = spawn(program, args, { cwd, env: { ...env, ...own }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  let size = 0;
  let fault;
  const stop = (why) => {
    fault ??= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('slow'), patience);
  running.add(child);
  child.stdout.on('data', (chunk) => {
    size += chunk.length;
    if (size > maxOutput) return stop('large');
    try {
      writeFileSync(file, chunk);
    } catch (cause) {
      stop(cause.message);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    // Its last words are what is asked for.
    stderr = (stderr + text).slice(-65_536);
  });
  child.on('error', (cause) => {
    fault ??= cause.message;
  });
  child.on('close', (status, signal) => {
    clearTimeout(timer);
    running.delete(child);
    closeSync(file);
    results[index] = { status, signal, stderr, fault };
    ended += 1;
    endedAt[index] = Date.now();
    if (waiting.has(index)) later(waiting.get(index), index);
    if (ended === jobs.length) process.stdout.write(JSON.stringify(results), () => process.exit(0));
    else begin();
  });
}

// Whoever started it was killed: nobody waits any more.
const { ppid } = process;
setInterval(() => {
  if (process.ppid === ppid) return;
  for (const child of running) child.kill('SIGKILL');
  process.exit(1);
}, 500);

for (let index = 0; index < Math.max(1, processes); index += 1) begin();
