import { askAll, type Question, type Reply } from '../../../store/evidence/ask-all';
import { authority } from './certificate';
import { type ProxyServer, startProxy } from './proxy';
import { type Servers, startServers } from './servers';

jest.setTimeout(60_000);

let servers: Servers;
let proxy: ProxyServer;
let closed: ProxyServer;

beforeAll(async () => {
  servers = await startServers();
  const { port } = new URL(servers.https);
  [proxy, closed] = await Promise.all([startProxy(port), startProxy(port, 'user:pass word')]);
});

afterAll(() => {
  for (const one of [servers, proxy, closed]) one.stop();
});

/** What comes back where the environment says so; upper case is set, and lower case not. */
function ask(question: object, env: Readonly<Record<string, string>>): Reply | undefined {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  Object.assign(process.env, env);
  try {
    return askAll([{ timeout: 5000, ...question } as Question], { tries: 2, pause: 10, maxBytes: 10_000 })[0];
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** What a proxy was asked for, with this text in it. */
function askedOf({ host }: ProxyServer, text: string): readonly string[] {
  const reply = ask({ url: `http://${host}/` }, {}) as { readonly body: string };
  return (JSON.parse(reply.body) as readonly string[]).filter((line) => line.includes(text));
}

test('what is asked over HTTPS goes through a tunnel: the proxy sees the host, and neither the path nor the token', () => {
  const question = { url: 'https://argocd.test/well/tunnel', ca: authority, token: 'secret-5' };
  const reply = ask(question, { HTTPS_PROXY: `http://${proxy.host}` });
  expect(reply).toEqual({ status: 200, body: '{"path":"tunnel","authorization":"Bearer secret-5"}' });
  expect(ask({ ...question, post: '{}' }, { https_proxy: proxy.host })).toEqual(reply);
  expect(askedOf(proxy, 'argocd.test')).toEqual(['CONNECT argocd.test:443 without a token', 'CONNECT argocd.test:443 without a token']);
});

test('the certificate is that of the host, and not of the proxy', () => {
  const env = { HTTPS_PROXY: `http://${proxy.host}` };
  expect(ask({ url: 'https://argocd.test/well/x' }, env)).toEqual({ none: expect.stringMatching(/^its certificate is not trusted/) });
  expect(ask({ url: 'https://other.test/well/x', ca: authority }, env)).toEqual({
    none: 'its certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
  });
});

test('a proxy that asks who it is gets the login of its address, which no message holds', () => {
  const question = { url: 'https://argocd.test/well/x', ca: authority };
  expect(ask(question, { HTTPS_PROXY: `http://user:pass%20word@${closed.host}` })).toMatchObject({ status: 200 });
  expect(ask(question, { HTTPS_PROXY: `http://user:wrong@${closed.host}` })).toEqual({ none: `the proxy ${closed.host} answers with status 407` });
  expect(ask(question, { HTTPS_PROXY: 'http://127.0.0.1:1' })).toEqual({ none: 'the connection is refused' });
  expect(ask(question, { HTTPS_PROXY: 'socks5://127.0.0.1:1' })).toEqual({ none: 'the proxy that the environment names is none of HTTP' });
});

test('what is asked over HTTP is asked of the proxy', () => {
  expect(ask({ url: 'http://metrics.test/a?b=c' }, { HTTP_PROXY: proxy.host })).toEqual({ status: 200, body: '{"through":"the proxy"}' });
  expect(askedOf(proxy, 'metrics.test')).toEqual(['GET http://metrics.test/a?b=c']);
});

test.each([
  ['*', 'x.example.test'],
  ['example.test', 'example.test'],
  ['example.test', 'x.example.test'],
  ['.example.test', 'x.example.test'],
  ['a.test, *.example.test', 'x.example.test'],
  ['EXAMPLE.test:80', 'example.test'],
  ['192.0.2.0/24', '192.0.2.77'],
  ['192.0.2.77', '192.0.2.77'],
  ['2001:db8::/32', '[2001:db8::7]'],
])('with NO_PROXY=%s nobody asks a proxy for %s', (spared, host) => {
  // Nobody is there: what is asked is not what counts.
  ask({ url: `http://${host}/spared`, timeout: 50 }, { HTTP_PROXY: proxy.host, NO_PROXY: spared });
  expect(askedOf(proxy, `//${host}/spared`)).toEqual([]);
});

test.each([
  ['ample.test', 'example.test'],
  ['example.test:8080', 'example.test'],
  ['192.0.2.0/24', '192.0.3.1'],
  ['192.0.2.0/24', 'example.test'],
  ['not/a/range', 'example.test'],
])('with NO_PROXY=%s a proxy is asked for %s', (spared, host) => {
  ask({ url: `http://${host}/asked/${encodeURIComponent(spared)}` }, { HTTP_PROXY: proxy.host, NO_PROXY: spared });
  expect(askedOf(proxy, `//${host}/asked/${encodeURIComponent(spared)}`)).toHaveLength(1);
});

test('what is on this machine needs no proxy', () => {
  const env = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' };
  expect(ask({ url: `${servers.http}/well/here` }, env)).toMatchObject({ status: 200 });
});
