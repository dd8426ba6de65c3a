// Asks servers and runs commands, several at once, and says how each answered. Plain JavaScript that needs nothing else: it is
// started by its own, from source as in the package, by somebody who waits for it (ask-all.ts).
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { rootCertificates } = require('node:tls');

const { questions, atOnce, tries, pause, maxBytes } = JSON.parse(readFileSync(0, 'utf8'));
const replies = [];
const running = new Set();
/** Origins that did not answer however often: nobody waits for one anew for each of hundreds of questions. */
const silent = new Map();
let next = 0;
let ended = 0;

const seconds = (time) => `${Math.round(time / 100) / 10} s`;
const words = {
  ECONNREFUSED: 'the connection is refused',
  ENOTFOUND: 'there is no such host',
  ECONNRESET: 'the connection breaks off',
  EAI_AGAIN: 'its name cannot be looked up now',
};

/** What went wrong, in words, and whether it may go well the next time. */
function fault({ code = '', message }) {
  if (/CERT|SELF_SIGNED|ISSUER|SIGNATURE|ERR_TLS/.test(code)) return { none: `its certificate is not trusted (${code})`, isFinal: true };
  return { none: words[code] ?? `it cannot be reached: ${code || message}` };
}

/** One try. A redirect is followed at the same origin alone: what the token is for is said beside it. */
function request({ url, token, ca, timeout }, done, hops = 3) {
  const { origin, protocol } = new URL(url);
  const headers = { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const options = { headers, ...(protocol === 'https:' ? { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) } : {}) };
  let isDone = false;
  let sent;
  let timer;
  const end = (reply) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    sent?.destroy();
    done(reply);
  };
  timer = setTimeout(() => end({ none: `no answer for ${seconds(timeout)}` }), timeout);
  try {
    sent = (protocol === 'https:' ? https : http).get(url, options, (response) => {
      const { statusCode: status, headers: said } = response;
      if (status >= 300 && status < 400 && said.location !== undefined) {
        const to = URL.canParse(said.location, url) ? new URL(said.location, url) : undefined;
        if (to?.origin !== origin) return end({ none: `it redirects to ${to?.origin ?? 'nowhere'}, which is not asked`, isFinal: true });
        if (hops === 0) return end({ none: 'it redirects without end', isFinal: true });
        isDone = true;
        clearTimeout(timer);
        response.resume();
        return request({ url: to.href, token, ca, timeout }, done, hops - 1);
      }
      const chunks = [];
      let size = 0;
      response.on('data', (chunk) => {
        size += chunk.length;
        if (size > maxBytes) return end({ none: `it answers more than ${maxBytes} bytes`, isFinal: true });
        chunks.push(chunk);
      });
      response.on('error', (error) => end(fault(error)));
      response.on('aborted', () => end({ none: 'the connection breaks off' }));
      response.on('end', () => {
        const again = status >= 500 || status === 429;
        end({ status, body: Buffer.concat(chunks).toString('utf8'), ...(again ? {} : { isFinal: true }) });
      });
    });
    sent.on('error', (error) => end(fault(error)));
  } catch (error) {
    // A token that is no header is said by its name alone.
    end({ none: error.code === 'ERR_INVALID_CHAR' ? 'its token holds what no header may' : 'it cannot be asked', isFinal: true });
  }
}

function ask(question, done) {
  const { origin } = new URL(question.url);
  let count = 0;
  const once = () => {
    const known = silent.get(origin);
    if (known !== undefined) return done({ none: known });
    request(question, ({ isFinal, ...reply }) => {
      count += 1;
      if (!isFinal && count < tries) return setTimeout(once, pause * 2 ** (count - 1));
      if (!isFinal && reply.none !== undefined) silent.set(origin, reply.none);
      done(reply);
    });
  };
  once();
}

function run({ command, cwd, env, timeout }, done) {
  let said = '';
  let why;
  const child = spawn(command, {
    cwd,
    env: { ...process.env, ...env },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  const timer = setTimeout(() => {
    why = `it did not end within ${seconds(timeout)}`;
    stop(child);
  }, timeout);
  const keep = (chunk) => {
    said = (said + chunk).slice(-4096);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const end = (reply) => {
    if (!running.delete(child)) return;
    clearTimeout(timer);
    done(reply);
  };
  child.on('error', () => end({ none: 'it cannot be started' }));
  // What it left running may hold its output open: it is waited for no longer than the shell itself.
  child.on('exit', (status, signal) => {
    setTimeout(() => end(why !== undefined || status === null ? { none: why ?? `it was killed (${signal})` } : { status, body: said }), 50);
  });
}

/** With all that it started. */
function stop(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

function begin() {
  if (next >= questions.length) return;
  const index = next;
  next += 1;
  const question = questions[index];
  (question.command === undefined ? ask : run)(question, (reply) => {
    replies[index] = reply;
    ended += 1;
    if (ended === questions.length) process.stdout.write(JSON.stringify(replies), () => process.exit(0));
    else begin();
  });
}

// Whoever started it was killed: nobody waits any more.
const { ppid } = process;
setInterval(() => {
  if (process.ppid === ppid) return;
  for (const child of running) stop(child);
  process.exit(1);
}, 500);

for (let index = 0; index < atOnce; index += 1) begin();
