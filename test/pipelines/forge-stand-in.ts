import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Forge = 'github' | 'gitlab';

/** A comment, or a pull or merge request: `body` is its text, whatever the forge calls it. */
export interface Entry {
  readonly number: number;
  readonly author: string;
  title?: string;
  body: string;
  head?: string;
  base?: string;
  state: 'open' | 'closed';
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Whom a token belongs to, and whether it may write. */
export interface Token {
  readonly author: string;
  readonly writes: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * As much of a forge's REST API as pipelines ask: comments of one request, and requests, with the paths, statuses and messages that its documents name.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 * @see https://docs.github.com/en/rest/pulls/pulls
 * @see https://docs.gitlab.com/api/notes/
 * @see https://docs.gitlab.com/api/merge_requests/
 */
export class ForgeStandIn {
  readonly comments: Entry[] = [];
  readonly requests: Entry[] = [];
  readonly tokens: Record<string, Token> = { writer: { author: 'bot', writes: true }, reader: { author: 'bot', writes: false } };
  /** `METHOD /path` of every call, in order. */
  readonly calls: string[] = [];
  /** What happens right before a call is answered, once. */
  before: { readonly call: RegExp; readonly happens: () => void } | undefined;
  /** A branch that is there. */
  hasBranch: (name: string) => boolean = () => true;
  #number = 0;
  readonly #server: Server;

  constructor(readonly forge: Forge) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  clear(): void {
    for (const list of [this.comments, this.requests, this.calls]) list.length = 0;
    this.before = undefined;
  }

  add(list: Entry[], entry: Omit<Entry, 'number' | 'state'>): Entry {
    this.#number += 1;
    const added: Entry = { number: this.#number, state: 'open', ...entry };
    list.push(added);
    return added;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '', this.url);
    const call = `${request.method} ${url.pathname}`;
    this.calls.push(call);
    if (this.before?.call.test(call)) {
      const { happens } = this.before;
      this.before = undefined;
      happens();
    }
    const { status, body } = this.#answer(request, call, url.searchParams, Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  #answer(request: IncomingMessage, call: string, query: URLSearchParams, text: string): Answer {
    const { authorization = '', 'private-token': privateToken = '' } = request.headers;
    const name = this.forge === 'github' ? authorization.replace(/^Bearer /, '') : String(privateToken);
    const token = this.tokens[name];
    if (!token) return { status: 401, body: { message: this.forge === 'github' ? 'Bad credentials' : '401 Unauthorized' } };
    if (!call.startsWith('GET') && !token.writes) return { status: 403, body: { message: 'Resource not accessible by integration' } };
    const json = text === '' ? {} : (JSON.parse(text) as Json);
    const routes = this.forge === 'github' ? this.#github(token, query, json) : this.#gitlab(token, query, json);
    for (const [pattern, answer] of routes) {
      const [found, id] = new RegExp(`^${pattern}$`).exec(call) ?? [];
      if (found !== undefined) return answer(Number(id));
    }
    return { status: 404, body: { message: 'Not Found' } };
  }

  #github(token: Token, query: URLSearchParams, json: Json): readonly (readonly [string, (id: number) => Answer])[] {
    const comment = ({ number, author, body }: Entry) => ({ id: number, body, user: { login: author, type: author === 'bot' ? 'Bot' : 'User' } });
    const pull = (entry: Entry) => ({ ...entry, html_url: `https://github.example/pull/${entry.number}` });
    const of = '/repos/company/fleet';
    const tooLong = () => String(json['body']).length > 65_536 && failed(422, 'Validation Failed', 'body is too long (maximum is 65536 characters)');
    return [
      [`GET ${of}/issues/7/comments`, () => ok(paged(this.comments, query).map(comment))],
      [`POST ${of}/issues/7/comments`, () => tooLong() || created(comment(this.add(this.comments, { author: token.author, body: textOf(json, 'body') })))],
      [`PATCH ${of}/issues/comments/(\\d+)`, (id) => tooLong() || edited(this.comments, id, { body: textOf(json, 'body') }, comment)],
      [
        `GET ${of}/pulls`,
        () =>
          ok(
            this.requests
              .filter(({ state, head, base }) => state === query.get('state') && `company:${head}` === query.get('head') && base === query.get('base'))
              .map(pull),
          ),
      ],
      [
        `POST ${of}/pulls`,
        () => {
          const { title, head, base } = json as { title?: string; head?: string; base?: string };
          if (!title || !head || !base) return failed(422, 'Validation Failed', 'missing_field');
          if (!this.hasBranch(head)) return failed(422, 'Validation Failed', 'head invalid');
          if (this.#isOpen(head)) return failed(422, 'Validation Failed', `A pull request already exists for company:${head}.`);
          return tooLong() || created(pull(this.add(this.requests, { author: token.author, title, head, base, body: textOf(json, 'body') })));
        },
      ],
      [`PATCH ${of}/pulls/(\\d+)`, (id) => tooLong() || edited(this.requests, id, said(json, 'body', json['state'] === 'closed'), pull)],
    ];
  }

  #gitlab(token: Token, query: URLSearchParams, json: Json): readonly (readonly [string, (id: number) => Answer])[] {
    const users = ['', ...Object.values(this.tokens).map(({ author }) => author), 'somebody'];
    const note = ({ number, author, body }: Entry) => ({ id: number, body, author: { id: users.indexOf(author), username: author }, system: false });
    const merge = ({ number, title, body, state, head, base }: Entry) => ({
      ...{ id: 1000 + number, iid: number, project_id: 42, source_project_id: 42, title, description: body, source_branch: head, target_branch: base },
      ...{ state: state === 'open' ? 'opened' : state, web_url: `https://gitlab.example/-/merge_requests/${number}` },
    });
    const of = '/api/v4/projects/42/merge_requests';
    return [
      ['GET /api/v4/user', () => ok({ id: users.indexOf(token.author), username: token.author })],
      [`GET ${of}/7/notes`, () => ok(paged(this.comments, query).map(note))],
      [`POST ${of}/7/notes`, () => created(note(this.add(this.comments, { author: token.author, body: textOf(json, 'body') })))],
      [`PUT ${of}/7/notes/(\\d+)`, (id) => edited(this.comments, id, { body: textOf(json, 'body') }, note)],
      [
        `GET ${of}`,
        () => {
          const [state, head, base] = ['state', 'source_branch', 'target_branch'].map((key) => query.get(key));
          const found = this.requests.filter((one) => state === 'opened' && one.state === 'open' && one.head === head && one.base === base).map(merge);
          // One of a fork, whose branch is called the same.
          return ok([{ id: 9, iid: 99, project_id: 42, source_project_id: 43, source_branch: head, target_branch: base }, ...found]);
        },
      ],
      [
        `POST ${of}`,
        () => {
          const { title, source_branch: head, target_branch: base } = json as { title?: string; source_branch?: string; target_branch?: string };
          if (!title || !head || !base) return { status: 400, body: { error: 'title is missing, source_branch is missing' } };
          if (this.#isOpen(head)) return { status: 409, body: { message: ['Another open merge request already exists for this source branch: !1'] } };
          return created(merge(this.add(this.requests, { author: token.author, title, head, base, body: textOf(json, 'description') })));
        },
      ],
      [`PUT ${of}/(\\d+)`, (id) => edited(this.requests, id, said(json, 'description', json['state_event'] === 'close'), merge)],
    ];
  }

  #isOpen(branch: string): boolean {
    return this.requests.some(({ head, state }) => head === branch && state === 'open');
  }
}

/** What an edit of a request says; what it does not say stays. */
function said(json: Json, text: string, closes: boolean): Partial<Entry> {
  return {
    ...(json['title'] === undefined ? {} : { title: textOf(json, 'title') }),
    ...(json[text] === undefined ? {} : { body: textOf(json, text) }),
    ...(closes ? { state: 'closed' } : {}),
  };
}

function textOf(json: Json, key: string): string {
  return String(json[key]);
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const created = (body: unknown): Answer => ({ status: 201, body });
const failed = (status: number, message: string, error: string): Answer => ({ status, body: { message, errors: [{ message: error }] } });

function edited(list: readonly Entry[], id: number, change: Partial<Entry>, shown: (entry: Entry) => unknown): Answer {
  const entry = list.find(({ number }) => number === id);
  return entry ? ok(shown(Object.assign(entry, change))) : { status: 404, body: { message: 'Not Found' } };
}

function paged(list: readonly Entry[], query: URLSearchParams): readonly Entry[] {
  const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  return list.slice((page - 1) * size, page * size);
}
