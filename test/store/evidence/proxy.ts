import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A proxy of HTTP that brings whatever it is asked for to one port of this machine, and says what it was asked: `GET /` is all of it. */
const program = `
const http = require('node:http');
const { connect } = require('node:net');
const [port, login] = process.argv.slice(1);
const asked = [];
const isLetIn = ({ headers }) => login === '' || headers['proxy-authorization'] === 'Basic ' + Buffer.from(login).toString('base64');
const server = http.createServer((request, response) => {
  if (request.url === '/') return response.end(JSON.stringify(asked));
  asked.push(request.method + ' ' + request.url);
  response.writeHead(isLetIn(request) ? 200 : 407).end('{"through":"the proxy"}');
});
server.on('connect', (request, socket) => {
  asked.push('CONNECT ' + request.url + ' ' + (request.headers.authorization ?? 'without a token'));
  if (!isLetIn(request)) return socket.end('HTTP/1.1 407 Proxy Authentication Required\\r\\n\\r\\n');
  const there = connect(Number(port), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\\r\\n\\r\\n');
    there.pipe(socket).pipe(there);
  });
  for (const one of [there, socket]) one.on('error', () => there.destroy());
});
server.listen(0, '127.0.0.1', () => process.stdout.write(server.address().port + '\\n'));
`;

export interface ProxyServer {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  stop(): void;
}

/** @param to the port @param login `user:password` @default - nobody has to say who it is */
export function startProxy(to: string, login = ''): Promise<ProxyServer> {
  const child: ChildProcess = spawn(process.execPath, ['-e', program, to, login], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, fail) => {
    child.on('error', fail);
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (port) =>
      done({ host: `127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') }),
    );
  });
}
