import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { certificate, key } from './certificate';

/**
 * What a server does with a request, by the first part of its path: `/well/…` answers with what it was asked; the other words say what is
 * wrong. It runs in a process of its own, for whoever asks waits and does nothing else.
 */
const program = `
const http = require('node:http');
const https = require('node:https');
const { certificate, key } = JSON.parse(process.argv[1]);
const counts = {};
const seen = [];
const urls = {};
const answer = (request, response) => {
  const [, what, ...rest] = new URL(request.url, 'http://x').pathname.split('/');
  const id = request.url;
  counts[id] = (counts[id] ?? 0) + 1;
  const entry = { method: request.method, url: request.url, authorization: request.headers.authorization ?? null, body: '' };
  seen.push(entry);
  request.setEncoding('utf8').on('data', (text) => {
    entry.body += text;
  });
  const json = (body, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (what === 'seen') return json(seen);
  if (what === 'well') return json({ path: rest.join('/'), authorization: request.headers.authorization ?? null });
  if (what === 'slowly') return setTimeout(() => json({ slow: true }), Number(rest[0]));
  if (what === 'never') return undefined;
  if (what === 'stalls') return response.writeHead(200).write('{');
  if (what === 'garbage') return response.writeHead(200).end('<html>\\u0000 not what was asked');
  if (what === 'large') return response.writeHead(200).end('x'.repeat(Number(rest[0])));
  if (what === 'breaks') return request.socket.destroy();
  if (what === 'status') return json({ error: 'as asked' }, Number(rest[0]));
  if (what === 'once') return counts[id] < Number(rest[0]) ? json({}, 503) : json({ tried: counts[id] });
  if (what === 'moved') return response.writeHead(307, { location: decodeURIComponent(rest.join('/')) }).end();
  if (what === 'echoes') return json({ asked: request.url }, 400);
  if (what === 'says') {
    const { searchParams } = new URL(request.url, 'http://x');
    return response.writeHead(403).end('unknown token ' + searchParams.get('token') + ', ' + searchParams.get('key') + ' of ' + decodeURIComponent(rest.join('/')));
  }
  if (what === 'later') return counts[id] < 2 ? response.writeHead(429, { 'retry-after': '0.3' }).end() : json({ tried: counts[id] });
  if (what === 'redirect') return response.writeHead(302, { location: decodeURIComponent(rest.join('/')) }).end();
  return json({}, 404);
};
const servers = { http: http.createServer(answer), other: http.createServer(answer), https: https.createServer({ cert: certificate, key }, answer) };
let left = Object.keys(servers).length;
for (const [name, server] of Object.entries(servers)) {
  server.listen(0, '127.0.0.1', () => {
    urls[name] = (name === 'https' ? 'https' : 'http') + '://127.0.0.1:' + server.address().port;
    left -= 1;
    if (left === 0) process.stdout.write(JSON.stringify(urls) + '\\n');
  });
}
`;

export interface Servers {
  readonly http: string;
  /** Another origin. */
  readonly other: string;
  /** With a certificate that only its authority makes trusted. */
  readonly https: string;
  stop(): void;
}

export function startServers(): Promise<Servers> {
  const child: ChildProcess = spawn(process.execPath, ['-e', program, JSON.stringify({ certificate, key })], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (status) => fail(new Error(`the servers ended with ${status}`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => done({ ...JSON.parse(line), stop: () => child.kill('SIGKILL') }));
  });
}
