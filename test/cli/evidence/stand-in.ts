import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Serves what lies in a folder: lists of Applications, and a metric that has always had a value; or fails as a file there says. It notes every request. */
const program = `
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const folder = process.argv[1];
const server = require('node:http').createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  appendFileSync(join(folder, 'requests'), JSON.stringify({ path: url.pathname, query: url.search, authorization: request.headers.authorization ?? null }) + '\\n');
  const json = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (existsSync(join(folder, 'fails'))) return json(502, { message: readFileSync(join(folder, 'fails'), 'utf8').replace('AUTHORIZATION', request.headers.authorization) });
  if (url.pathname.endsWith('/api/v1/query_range')) {
    const said = readFileSync(join(folder, 'metric'), 'utf8');
    if (said.startsWith('error')) return json(400, { status: 'error', errorType: 'bad_data', error: said });
    const [start, end, step] = ['start', 'end', 'step'].map((key) => Number(url.searchParams.get(key)));
    const values = [];
    for (let time = start; time <= end; time += step) values.push([time, said]);
    return json(200, { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values }] } });
  }
  const file = join(folder, url.pathname.replace('/api/v1/applications', '') + '.json');
  if (!existsSync(file)) return json(503, { message: 'nobody at home' });
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":' + readFileSync(file, 'utf8') + '}');
});
server.listen(0, '127.0.0.1', () => process.stdout.write('http://127.0.0.1:' + server.address().port + '\\n'));
`;

/** Argo CDs and a Prometheus, as far as evidence asks them. */
export class StandIn {
  readonly folder = mkdtempSync(join(tmpdir(), 'fleet-stand-in-'));
  readonly #child: ChildProcess;
  url = '';

  private constructor() {
    this.#child = spawn(process.execPath, ['-e', program, this.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.write('requests', '').write('metric', '0');
  }

  static start(): Promise<StandIn> {
    const made = new StandIn();
    return new Promise((done) => {
      createInterface({ input: made.#child.stdout as NodeJS.ReadableStream }).on('line', (url) => {
        made.url = url;
        done(made);
      });
    });
  }

  write(file: string, text: string): this {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
    return this;
  }

  remove(file: string): void {
    rmSync(join(this.folder, file));
  }

  /** The Applications that the Argo CD of a target has. */
  applications(target: string, items: readonly object[]): this {
    return this.write(`argocd/${target}.json`, JSON.stringify(items));
  }

  /** Every request since the last time. */
  requests(): readonly { readonly path: string; readonly query: string; readonly authorization: string | null }[] {
    const lines = readFileSync(join(this.folder, 'requests'), 'utf8').split('\n').slice(0, -1);
    this.write('requests', '');
    return lines.map((line) => JSON.parse(line));
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
