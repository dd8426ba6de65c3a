import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAll, type Question, type Reply } from '../../../store/evidence/ask-all';
import { longTest } from '../../long-test';
import { authority } from './certificate';
import { type Servers, startServers } from './servers';

jest.setTimeout(60_000);

let servers: Servers;

beforeAll(async () => {
  servers = await startServers();
});

afterAll(() => servers.stop());

const limits = { tries: 3, pause: 20, maxBytes: 10_000 };

function ask(...questions: readonly (Partial<Question> & object)[]): readonly Reply[] {
  return askAll(
    questions.map((question) => ({ timeout: 400, ...question }) as Question),
    limits,
  );
}

const body = (reply: Reply | undefined) => JSON.parse((reply as { readonly body: string }).body) as unknown;

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly body: string;
}

/** Every request that came to an address with this text in it. */
function seenAt(text: string): readonly Seen[] {
  const seen = body(ask({ url: `${servers.http}/seen`, timeout: 5000 })[0]) as readonly Seen[];
  return seen.filter(({ url }) => url.includes(text));
}

test('who answers well is told with the status, and gets the token that belongs there', () => {
  const [with_, without] = ask({ url: `${servers.http}/well/a`, token: 'secret-1' }, { url: `${servers.http}/well/b` });
  expect(body(with_)).toEqual({ path: 'a', authorization: 'Bearer secret-1' });
  expect(body(without)).toEqual({ path: 'b', authorization: null });
});

test('equal questions are asked once, and all are answered in their order', () => {
  const one = { url: `${servers.http}/well/twice` };
  const replies = ask(one, { url: `${servers.http}/well/other` }, one);
  expect(replies.map((reply) => (body(reply) as { readonly path: string }).path)).toEqual(['twice', 'other', 'twice']);
  expect(seenAt('/well/twice').length).toBe(1);
});

test('who answers slowly is waited for up to the limit', () => {
  const [intime, late] = ask({ url: `${servers.http}/slowly/100`, timeout: 5000 }, { url: `${servers.other}/slowly/5000` });
  expect(body(intime)).toEqual({ slow: true });
  expect(late).toEqual({ none: 'no answer for 0.4 s' });
});

test('who never answers, or never comes to an end, is no answer, and others of the same origin wait no longer for it', () => {
  const begun = Date.now();
  const many = Array.from({ length: 40 }, (_, index) => ({ url: `${servers.other}/never/${index}` }));
  const replies = ask(...many, { url: `${servers.http}/stalls` });
  expect(new Set(replies.map((reply) => JSON.stringify(reply)))).toEqual(new Set(['{"none":"no answer for 0.4 s"}']));
  expect(Date.now() - begun).toBeLessThan(10_000);
});

test('of several at one origin that a path tells apart each is waited for by itself, where it is the server that says nothing', () => {
  const at = (path: string, server: string) => ({ url: `${servers.other}/${path}`, server: `${servers.other}/${server}` });
  const silent = Array.from({ length: 20 }, (_, index) => at(`never/eu/${index}`, 'never/eu'));
  const replies = ask(...silent, at('well/us', 'well'), at('well/root', ''));
  expect(new Set(replies.slice(0, 20).map((reply) => JSON.stringify(reply)))).toEqual(new Set(['{"none":"no answer for 0.4 s"}']));
  expect(replies.slice(20).map((reply) => (body(reply) as { readonly path: string }).path)).toEqual(['us', 'root']);
  // Eight are asked at the same time, three times each; the others hear what came of it.
  expect(seenAt('/never/eu/').length).toBe(24);
});

test('where no connection comes about nobody waits anew for the others at that origin', () => {
  const begun = Date.now();
  const many = Array.from({ length: 24 }, (_, index) => ({ url: `http://127.0.0.1:1/${index}`, server: `http://127.0.0.1:1/${index}`, timeout: 5000 }));
  expect(new Set(askAll(many, { ...limits, tries: 2, pause: 1000 }).map((reply) => 'none' in reply && reply.none))).toEqual(
    new Set(['the connection is refused']),
  );
  // One pause, and not three after one another.
  expect(Date.now() - begun).toBeLessThan(2500);
});

test('garbage comes back as it is: what it means is not judged here', () => {
  expect(ask({ url: `${servers.http}/garbage` })[0]).toMatchObject({ status: 200, body: expect.stringContaining('<html>') });
});

test('what is too large, breaks off or is refused says so', () => {
  const [large, breaks] = ask({ url: `${servers.http}/large/10001` }, { url: `${servers.http}/breaks` });
  expect(large).toEqual({ none: 'it answers more than 10000 bytes' });
  expect(breaks).toEqual({ none: 'the connection breaks off' });
  expect(ask({ url: 'http://127.0.0.1:1/' })[0]).toEqual({ none: 'the connection is refused' });
  expect(ask({ url: 'http://no-such-host.invalid/', timeout: 5000 })[0]).toMatchObject({ none: expect.stringMatching(/no such host|looked up/) });
});

test('a fault of the server is tried again, a word of it is not', () => {
  expect(body(ask({ url: `${servers.http}/once/3` })[0])).toEqual({ tried: 3 });
  expect(ask({ url: `${servers.http}/status/503` })[0]).toMatchObject({ status: 503 });
  expect(seenAt('/status/503').length).toBe(3);
  expect(ask({ url: `${servers.http}/status/403` })[0]).toMatchObject({ status: 403 });
  expect(seenAt('/status/403').length).toBe(1);
});

test('a redirect is followed at the same origin, and to no other, with a token or without one', () => {
  const to = (url: string) => encodeURIComponent(url);
  const [same, elsewhere, bare, round] = ask(
    { url: `${servers.http}/redirect/${to(`${servers.http}/well/here`)}`, token: 'secret-2' },
    { url: `${servers.http}/redirect/${to(`${servers.other}/well/stolen`)}`, token: 'secret-3' },
    { url: `${servers.http}/redirect/${to(`${servers.other}/well/stolen`)}` },
    { url: `${servers.http}/redirect/..` },
  );
  expect(body(same)).toEqual({ path: 'here', authorization: 'Bearer secret-2' });
  expect(elsewhere).toEqual({ none: `it redirects to ${servers.other}, which is not asked` });
  expect(bare).toEqual(elsewhere);
  expect(round).toMatchObject({ status: 404 });
  expect(seenAt('stolen').filter(({ url }) => url.startsWith('/well'))).toEqual([]);
});

test('who is asked too often says how long to wait', () => {
  const begun = Date.now();
  expect(body(ask({ url: `${servers.http}/later/a` })[0])).toEqual({ tried: 2 });
  expect(Date.now() - begun).toBeGreaterThan(290);
});

describe('what is posted', () => {
  const post = '{"text":"Grüße"}';

  test('arrives once, as it is, where the server answers', () => {
    expect(ask({ url: `${servers.http}/well/posted`, post, timeout: 5000 })[0]).toMatchObject({ status: 200 });
    expect(seenAt('/well/posted')).toEqual([{ method: 'POST', url: '/well/posted', authorization: null, body: post }]);
  });

  test('is posted again where the server says that it failed, and not where it may have arrived', () => {
    expect(body(ask({ url: `${servers.http}/once/3?posted`, post })[0])).toEqual({ tried: 3 });
    expect(ask({ url: `${servers.http}/status/404?posted`, post })[0]).toMatchObject({ status: 404 });
    expect(seenAt('/status/404?posted').length).toBe(1);
    expect(ask({ url: `${servers.http}/never/posted`, post })[0]).toEqual({ none: 'no answer for 0.4 s' });
    expect(seenAt('/never/posted').length).toBe(1);
    expect(ask({ url: `${servers.http}/breaks/posted`, post })[0]).toEqual({ none: 'the connection breaks off' });
    expect(seenAt('/breaks/posted').length).toBe(1);
    expect(ask({ url: 'http://127.0.0.1:1/', post })[0]).toEqual({ none: 'the connection is refused' });
  });

  test('follows a redirect that has it posted at the same origin, and no other', () => {
    const to = (url: string) => encodeURIComponent(url);
    expect(ask({ url: `${servers.http}/moved/${to('/well/moved')}`, post, timeout: 5000 })[0]).toMatchObject({ status: 200 });
    expect(seenAt('/well/moved')).toEqual([expect.objectContaining({ method: 'POST', body: post })]);
    expect(ask({ url: `${servers.http}/redirect/${to('/well/gone')}`, post })[0]).toEqual({ none: 'it redirects what is posted (status 302)' });
    expect(ask({ url: `${servers.http}/moved/${to(`${servers.other}/well/gone`)}`, post })[0]).toEqual({
      none: `it redirects to ${servers.other}, which is not asked`,
    });
    expect(seenAt('/well/gone')).toEqual([]);
  });
});

test('a certificate that nobody trusts is no answer, also where the environment says not to look; with its authority it is one', () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try {
    const [untrusted] = ask({ url: `${servers.https}/well/x`, token: 'secret-4', timeout: 5000 });
    expect(untrusted).toEqual({ none: expect.stringMatching(/^its certificate is not trusted \([A-Z_]+\)$/) });
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  }
  const [trusted] = ask({ url: `${servers.https}/well/x`, ca: authority, token: 'secret-4', timeout: 5000 });
  expect(body(trusted)).toEqual({ path: 'x', authorization: 'Bearer secret-4' });
});

test('a token that no header can hold is said without it', () => {
  expect(ask({ url: `${servers.http}/well/x`, token: 'a\nb' })[0]).toEqual({ none: 'its token holds what no header may' });
});

describe('a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-evidence-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, more: object = {}) => ask({ command, cwd: folder, env: { FLEET_TARGET: 'a/b' }, timeout: 5000, ...more })[0];

  test('says its status and the last line that it printed, in its folder, with the step in its environment', () => {
    expect(run('pwd; exit 3')).toEqual({ status: 3, body: expect.stringMatching(/^\/.*fleet-evidence-\w+$/) });
    expect(run('pwd; echo "$FLEET_TARGET"; echo " "')).toEqual({ status: 0, body: 'a/b' });
    expect(run('no-such-program-at-all')).toMatchObject({ status: 127 });
  });

  test('is told by a whole line, whatever is in front of it, or by none', () => {
    const word = (size: number, letter: string) => `printf '${letter}%0${size}d' 0`;
    expect(run(`${word(840, 'A')}; ${word(3600, 'B')}; echo`)).toEqual({ status: 0, body: `A${'0'.repeat(840)}B${'0'.repeat(3600)}` });
    expect(run(`${word(100_000, 'A')}; echo; echo well`)).toEqual({ status: 0, body: 'well' });
    expect(run(`echo well; ${word(100_000, 'A')}`)).toEqual({ status: 0, body: 'its last line is longer than 65536 characters' });
  });

  test('that prints parts of lines on both streams has them told apart', () => {
    expect(run('printf one-; sleep 0.1; printf two- >&2; sleep 0.1; echo three; sleep 0.1; printf four >&2')).toEqual({ status: 0, body: 'two-four' });
    expect(run('printf two- >&2; sleep 0.1; printf one-; sleep 0.1; echo three')).toEqual({ status: 0, body: 'one-three' });
  });

  test('that does not end is killed with all that it started', async () => {
    const begun = Date.now();
    expect(run('(sleep 2; touch late) & sleep 30', { timeout: 300 })).toEqual({ none: 'it did not end within 0.3 s' });
    expect(Date.now() - begun).toBeLessThan(5000);
    await new Promise((done) => setTimeout(done, 2500));
    expect(existsSync(join(folder, 'late'))).toBe(false);
  });

  test('that cannot be started is no answer', () => {
    expect(run('true', { cwd: join(folder, 'nowhere') })).toEqual({ none: 'it cannot be started' });
  });

  test('that leaves something running is not waited for beyond its end', () => {
    const begun = Date.now();
    expect(run('echo $$ > pid; sleep 5 & exit 0')).toEqual({ status: 0, body: '' });
    expect(Date.now() - begun).toBeLessThan(4000);
    expect(readFileSync(join(folder, 'pid'), 'utf8')).not.toBe('');
  });
});

longTest('answers that are together more than a text holds are all told', () => {
  const count = 28;
  const replies = askAll(
    Array.from({ length: count }, (_, index) => ({ url: `${servers.http}/large/20000000?${index}`, timeout: 60_000 })),
    { ...limits, maxBytes: 2 ** 25 },
  );
  expect(replies.map((reply) => ('body' in reply ? reply.body.length : reply))).toEqual(replies.map(() => 20_000_000));
});
