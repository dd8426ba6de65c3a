// Asks servers and runs commands, several at once, and says how each answered. Plain JavaScript that needs nothing else: it is
// started by its own, from source as in the package, by somebody who waits for it (ask-all.ts).
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { BlockList, isIP } = require('node:net');
const { connect, rootCertificates } = require('node:tls');

const { questions, atOnce, tries, pause, maxBytes } = JSON.parse(readFileSync(0, 'utf8'));
const running = new Set();
/**
 * Why nobody is asked any more who did not answer however often: nobody waits anew for each of hundreds of questions. By origin where
 * no connection came about, else by the address of the server: many may stand behind one origin, each below a path of its own.
 */
const unreachable = new Map();
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

/** A host as sockets take it: an address of IPv6 without its brackets. */
const bare = (hostname) => hostname.replace(/^\[|\]$/g, '');

/** The proxy that the environment names for an address, as most programs read it. What is on this machine needs none. */
function proxyOf({ protocol, hostname, port }) {
  const said = (name) => process.env[name] || process.env[name.toLowerCase()] || '';
  const proxy = said(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const host = bare(hostname).toLowerCase();
  if (proxy === '' || host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)) return undefined;
  const spared = said('NO_PROXY')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((one) => one !== '');
  if (spared.some((one) => isSpared(one, host, port || (protocol === 'https:' ? '443' : '80')))) return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** Whether an entry of `NO_PROXY` is about a host: `*`, a domain with all below it, an address, a range of addresses; each may name a port. */
function isSpared(entry, host, port) {
  if (entry === '*') return true;
  const [, ip = '', bits] = /^([\d.]+|[\da-f:]+)\/(\d+)$/.exec(entry) ?? [];
  if (isIP(ip) !== 0) {
    if (isIP(ip) !== isIP(host)) return false;
    const family = `ipv${isIP(ip)}`;
    const range = new BlockList();
    range.addSubnet(ip, Math.min(Number(bits), isIP(ip) === 4 ? 32 : 128), family);
    return range.check(host, family);
  }
  const [, name = entry, only] = isIP(entry) ? [] : (/^(.*):(\d+)$/.exec(entry) ?? []);
  if (only !== undefined && only !== port) return false;
  const domain = bare(name).replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

/** A request to the proxy itself, with the login that its address has. */
function atProxy({ protocol, hostname, port, username, password }, { headers, ...options }) {
  const login =
    username === ''
      ? {}
      : { 'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` };
  const by = protocol === 'https:' ? https : http;
  return by.request({ host: bare(hostname), port: port || (protocol === 'https:' ? 443 : 80), agent: false, ...options, headers: { ...headers, ...login } });
}

/** One try. A redirect is followed at the same origin alone: what the token is for is said beside it. */
function request(question, done, hops = 3) {
  const { url, token, ca, timeout, post } = question;
  const to = new URL(url);
  const isSecure = to.protocol === 'https:';
  const headers = {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(post === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(post) }),
  };
  const trust = isSecure ? { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) } : {};
  const options = { method: post === undefined ? 'GET' : 'POST', headers, ...trust };
  let isDone = false;
  let isSent = false;
  let sent;
  let timer;
  const end = (reply) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    sent?.destroy();
    // What may have arrived already is not said twice.
    done({ ...reply, isSent, isFinal: reply.isFinal || (post !== undefined && isSent && reply.none !== undefined) });
  };
  const answered = (response) => {
    const { statusCode: status, headers: said } = response;
    if (status >= 300 && status < 400 && said.location !== undefined) {
      const next = URL.canParse(said.location, url) ? new URL(said.location, url) : undefined;
      if (next?.origin !== to.origin) return end({ none: `it redirects to ${next?.origin ?? 'nowhere'}, which is not asked`, isFinal: true });
      // Any other status would have it asked for, and not posted there.
      if (post !== undefined && status !== 307 && status !== 308) return end({ none: `it redirects what is posted (status ${status})`, isFinal: true });
      if (hops === 0) return end({ none: 'it redirects without end', isFinal: true });
      isDone = true;
      clearTimeout(timer);
      response.resume();
      return request({ ...question, url: next.href }, done, hops - 1);
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
      const isFinal = status < 500 && status !== 429;
      // Whoever is asked too often says how long to wait.
      const after = Math.min(Number(said['retry-after']) || 0, 10) * 1000;
      end({ status, body: Buffer.concat(chunks), isFinal, after });
    });
  };
  /** A token that is no header is said by its name alone. */
  const guarded = (begin) => {
    try {
      begin();
    } catch (error) {
      end({ none: error.code === 'ERR_INVALID_CHAR' ? 'its token holds what no header may' : 'it cannot be asked', isFinal: true });
    }
  };
  const begin = (one) => {
    one.on('error', (error) => end(fault(error)));
    if (isDone) return one.destroy();
    sent = one;
    return one.end();
  };
  const say = (one) => {
    one.on('response', answered).on('finish', () => {
      isSent = true;
    });
    if (post !== undefined) one.write(post);
    begin(one);
  };
  timer = setTimeout(() => end({ none: `no answer for ${seconds(timeout)}` }), timeout);
  guarded(() => {
    const proxy = proxyOf(to);
    if (proxy === undefined) return say((isSecure ? https : http).request(url, options));
    if (!/^https?:$/.test(proxy.protocol)) return end({ none: 'the proxy that the environment names is none of HTTP', isFinal: true });
    if (!isSecure) return say(atProxy(proxy, { ...options, path: url, headers: { ...headers, host: to.host } }));
    // What is said goes through it as it is: it sees the name of the host alone.
    const tunnel = atProxy(proxy, { method: 'CONNECT', path: `${to.hostname}:${to.port || 443}`, headers: { host: to.host } });
    const refused = ({ statusCode: status }) => end({ none: `the proxy ${proxy.host} answers with status ${status}`, isFinal: status < 500 });
    tunnel.on('response', refused).on('connect', (response, socket) => {
      if (response.statusCode !== 200) return refused(response);
      const host = bare(to.hostname);
      const createConnection = () => connect({ ...trust, socket, host, servername: isIP(host) ? '' : host, ALPNProtocols: ['http/1.1'] });
      guarded(() => say(https.request(url, { ...options, createConnection })));
    });
    begin(tunnel);
  });
}

function ask(question, done) {
  const { origin } = new URL(question.url);
  const { server = origin } = question;
  let count = 0;
  const once = () => {
    const known = unreachable.get(origin) ?? silent.get(server);
    if (known !== undefined) return done({ none: known });
    request(question, ({ isFinal, isSent, after = 0, ...reply }) => {
      count += 1;
      if (!isFinal && count < tries) return setTimeout(once, Math.max(after, pause * 2 ** (count - 1)));
      if (!isFinal && reply.none !== undefined) {
        if (isSent) silent.set(server, reply.none);
        else unreachable.set(origin, reply.none);
      }
      done(reply);
    });
  };
  once();
}

/** How much of what a command prints is kept. */
const longestEnd = 2 ** 16;

/**
 * The last line that a command prints, as a whole: of what is cut nobody could tell any more whether it holds a secret. What it prints
 * on both streams is told apart, for a part of a line of one may come behind a part of one of the other.
 */
function lastLine() {
  let last = '';
  /** Those that go on, since one ended. */
  const open = new Set();
  const ended = (line) => {
    const text = line.isLong ? `its last line is longer than ${longestEnd} characters` : line.text.trim();
    if (text !== '') last = text;
  };
  const listen = (stream) => {
    const line = { text: '', isLong: false };
    stream.setEncoding('utf8').on('data', (chunk) => {
      open.delete(line);
      for (const [index, part] of chunk.split('\n').entries()) {
        if (index > 0) {
          ended(line);
          open.clear();
          Object.assign(line, { text: '', isLong: false });
        }
        line.isLong ||= line.text.length + part.length > longestEnd;
        line.text = line.isLong ? '' : line.text + part;
      }
      // Who printed last has the last word, where it does not end its line.
      open.add(line);
    });
  };
  return {
    listen,
    get text() {
      for (const line of open) ended(line);
      return last;
    },
  };
}

function run({ command, cwd, env, timeout }, done) {
  const said = lastLine();
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
  said.listen(child.stdout);
  said.listen(child.stderr);
  const end = (reply) => {
    if (!running.delete(child)) return;
    clearTimeout(timer);
    done(reply);
  };
  child.on('error', () => end({ none: 'it cannot be started' }));
  // What it left running may hold its output open: it is waited for no longer than the shell itself.
  child.on('exit', (status, signal) => {
    setTimeout(() => end(why !== undefined || status === null ? { none: why ?? `it was killed (${signal})` } : { status, body: said.text }), 50);
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
  (question.command === undefined ? ask : run)(question, ({ body = '', ...reply }) => {
    ended += 1;
    // One after the other: all of them may be more than a text holds.
    const bytes = Buffer.from(body);
    process.stdout.write(`${JSON.stringify({ ...reply, index, size: bytes.length })}\n`);
    process.stdout.write(bytes, ended === questions.length ? () => process.exit(0) : undefined);
    setImmediate(begin);
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
