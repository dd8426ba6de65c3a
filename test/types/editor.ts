import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');

/** What an editor shows of a text: at each `^` in it what hovering says there, at each `¦` which words complete it. */
export interface Shown {
  readonly hovers: readonly string[];
  readonly completions: readonly (readonly string[])[];
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[] };
  readonly result?: unknown;
  readonly error?: unknown;
}

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** The language server that editors start, in a folder of its own that holds a fleet, or none. */
export class Editor {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'fleet-editor-')));
  readonly #server: ChildProcess;
  readonly #waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>();
  #received = Buffer.alloc(0);
  #requests = 0;
  #files = 0;

  private constructor(fleet: string | undefined, files: Readonly<Record<string, string>>) {
    const compilerOptions = { paths: { 'cdk8s-fleet': [join(root, 'cli/entry/index.ts')] }, typeRoots: [join(root, 'node_modules/@types')], types: ['node'] };
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: [] };
    writeFileSync(join(this.#folder, 'tsconfig.json'), JSON.stringify(config));
    if (fleet !== undefined) writeFileSync(join(this.#folder, 'fleet.ts'), fleet);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
    this.#server = spawn(serverPath(), ['--lsp', '--stdio'], { cwd: this.#folder, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#server.stdout?.on('data', (data: Buffer) => this.#receive(data));
  }

  /** @param fleet the text of `fleet.ts`. @default - there is none @param files more files beside it */
  static async open(fleet?: string, files: Readonly<Record<string, string>> = {}): Promise<Editor> {
    const editor = new Editor(fleet, files);
    const rootUri = pathToFileURL(editor.#folder).href;
    const textDocument = { hover: { contentFormat: ['markdown'] }, diagnostic: {}, completion: {} };
    await editor.#request('initialize', { processId: process.pid, rootUri, capabilities: { textDocument } });
    editor.#send({ method: 'initialized', params: {} });
    return editor;
  }

  async show(marked: string): Promise<Shown> {
    const uri = pathToFileURL(join(this.#folder, `shown-${++this.#files}.ts`)).href;
    const marks = [...marked.matchAll(/[\^¦]/g)].map(({ 0: mark, index }, before) => ({ mark, at: index - before }));
    const text = marked.replaceAll(/[\^¦]/g, '');
    this.#send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text } } });
    const ask = (wanted: string, method: string) =>
      Promise.all(
        marks.filter(({ mark }) => mark === wanted).map(({ at }) => this.#request(method, { textDocument: { uri }, position: positionOf(text, at) })),
      );
    const hovers = (await ask('^', 'textDocument/hover')) as ({ readonly contents: { readonly value: string } } | null)[];
    const completions = (await ask('¦', 'textDocument/completion')) as ({ readonly items: readonly { readonly label: string }[] } | null)[];
    const report = (await this.#request('textDocument/diagnostic', { textDocument: { uri } })) as { readonly items: readonly Diagnostic[] };
    return {
      hovers: hovers.map((hover) => hover?.contents.value ?? ''),
      completions: completions.map((list) => list?.items.map(({ label }) => label) ?? []),
      errors: report.items.map(({ message, range }) => ({ line: range.start.line, message })),
    };
  }

  /** What is told of one of the words that complete a text at `¦`. */
  async describe(marked: string, label: string): Promise<string> {
    const uri = pathToFileURL(join(this.#folder, `shown-${++this.#files}.ts`)).href;
    const text = marked.replace('¦', '');
    this.#send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text } } });
    const list = (await this.#request('textDocument/completion', { textDocument: { uri }, position: positionOf(text, marked.indexOf('¦')) })) as {
      readonly items: readonly { readonly label: string }[];
    };
    const item = list.items.find((one) => one.label.replace(/\?$/, '') === label);
    const { documentation, detail } = (await this.#request('completionItem/resolve', item)) as {
      readonly detail?: string;
      readonly documentation?: string | { readonly value: string };
    };
    return `${detail ?? ''}\n${typeof documentation === 'string' ? documentation : (documentation?.value ?? '')}`;
  }

  async close(): Promise<void> {
    await this.#request('shutdown');
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    this.#send({ method: 'exit' });
    await ended;
    rmSync(this.#folder, { recursive: true });
  }

  #request(method: string, params?: object): Promise<unknown> {
    const id = ++this.#requests;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#server.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const start = this.#received.indexOf('\r\n\r\n') + 4;
      const end = start + Number(/Content-Length: (\d+)/.exec(this.#received.toString('latin1', 0, start))?.[1]);
      if (start < 4 || this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', start, end)) as Message;
      this.#received = this.#received.subarray(end);
      this.#answer(message);
    }
  }

  #answer({ id, method, params, result, error }: Message): void {
    if (id === undefined) return;
    // The server asks for settings, one for each item, and to register what it can; neither matters here.
    const waiting = method === undefined ? this.#waiting.get(id) : undefined;
    if (method !== undefined) this.#send({ id, result: params?.items?.map(() => null) ?? null });
    if (waiting) this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(JSON.stringify(error)));
    else waiting?.resolve(result);
  }
}

function positionOf(text: string, at: number): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

let program: string | undefined;

/** The compiler's package says where its program is, in a module that only `import` can load. */
function serverPath(): string {
  const module = pathToFileURL(join(root, 'node_modules/typescript/lib/getExePath.js')).href;
  program ??= execFileSync(process.execPath, ['--input-type=module', '-e', `process.stdout.write((await import('${module}')).default())`], {
    encoding: 'utf8',
  });
  return program;
}
