import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import type { ChartFinding, ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { hashOf } from '../../../store/files/journal';
import { packedChart } from '../../builders/chart-builder';
import { HydrateRepository, inFolder, inputOf, problemsOf } from '../../store/hydrate/hydrate-builder';
import { byGo } from '../go-reader';
import { describeWithHelm } from '../helm';

jest.setTimeout(600_000);

const object = (name: string, rest = '') => `apiVersion: v1\nkind: X\nmetadata:\n  name: ${name}\n${rest}`;

/** What Go makes of documents, one after the other. */
function documentsByGo(documents: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const files = Object.fromEntries(documents.map((text, index) => [`documents/${String(index).padStart(4, '0')}`, text]));
  const each = '{{ $all = append $all ($.Files.Get $path | fromYaml) }}';
  return byGo(`$all := list }}{{ range $path, $_ := .Files.Glob "documents/*" }}${each}{{ end }}{{ $all`, files) as readonly Record<string, unknown>[];
}

describeWithHelm('charts with the real Helm', () => {
  let repository: HydrateRepository;
  const render = (inputs: readonly ChartInput[], pause = 0) => repository.renderer({ pause }).render(inputs);
  const namesOf = (rendered: ChartObjects | undefined) =>
    rendered && 'objects' in rendered ? rendered.objects.map(({ metadata }) => metadata.name) : rendered?.problems;

  beforeEach(() => {
    repository = new HydrateRepository();
  });
  afterEach(() => repository.remove());

  /** What `helm template` gives, called by the test and read by Go, as Argo CD does both. */
  function expected(chart: string, args: readonly string[]): unknown {
    const { status, stdout, stderr } = spawnSync('helm', ['template', join(repository.path, chart), ...args], { encoding: 'utf8', maxBuffer: 1e8 });
    if (status !== 0) return stderr.slice(0, 20);
    const documents = documentsByGo(stdout.split(/^---.*$/m).filter((text) => text.trim() !== ''));
    return documents.flatMap((document) => (Array.isArray(document['items']) ? document['items'] : [document])).filter((found) => found['kind'] !== undefined);
  }

  test('scalars are what Go takes them for', () => {
    const scalars = ['on', 'y', 'N', 'Off', '0o17', '010', '08', '1e3', '1E-2', '12:30', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '0x1F', '-0x1f', '0b11'];
    const others = [
      '1_000',
      '1__0',
      '_1',
      '+5',
      '-0',
      '0',
      '00',
      '1.',
      '.5',
      '-.5',
      '.',
      '..',
      '1e',
      '~',
      'null',
      'NULL',
      '""',
      '!!str 010',
      '0o8',
      '0X1f',
      '"\\u00e9"',
    ];
    const text = [...scalars, ...others].map((scalar, index) => `  k${index}: ${scalar}\n`).join('');
    repository.chart('web', { 'x.yaml': object('a', `on: 1\n010: 2\ndata:\n${text}`) });
    expect(render([inputOf()])[0]).toEqual({ objects: expected('charts/web', ['--name-template', 'web']) });
  });

  test('of equal keys the last one wins, as it does to Go', () => {
    repository.chart('web', { 'x.yaml': object('a', 'data:\n  a: 1\n  b: {x: 1, x: 2}\n  a: {c: 3}\n') });
    expect(render([inputOf()])[0]).toEqual({ objects: expected('charts/web', ['--name-template', 'web']) });
  });

  test('keys are what Go makes of scalars', () => {
    const finite = { noNaN: true, noDefaultInfinity: true };
    const number = fc.oneof(fc.float(finite), fc.double(finite)).map((one) => (Number.isInteger(one) ? one.toExponential() : String(one)));
    fc.assert(
      fc.property(fc.array(fc.oneof(number, fc.maxSafeInteger().map(String)), { minLength: 50, maxLength: 100 }), (all) => {
        // Two numbers that become one key are refused: which of them Go takes is chance.
        const numbers = [...new Map(all.map((one) => [Math.fround(Number(one)), one])).values()];
        repository.chart('web', { 'x.yaml': object('a', `data:\n  x: 1\n${numbers.map((one) => `  ${one}: x\n`).join('')}`) });
        expect(render([inputOf()])[0]).toEqual({ objects: expected('charts/web', ['--name-template', 'web']) });
      }),
      { numRuns: 10 },
    );
  });

  test('random scalars are what Go takes them for', () => {
    const part = fc.constantFrom('0', '1', '7', '9', 'x', 'o', 'b', 'e', 'E', '.', '-', '+', '_', ':', 'a', 'F', 'n', 'y', 'on', 'null', '~', 'inf');
    const scalar = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 100, maxLength: 300 }), (scalars) => {
        // What is no scalar in this place, what JSON cannot hold, and what JavaScript cannot.
        const usable = scalars.filter((text) => !/^[-:?](\s|$)|: |:$|^[-+]?\.inf$/.test(text));
        repository.chart('web', { 'x.yaml': object('a', `data:\n${usable.map((text, index) => `  k${index}: ${text}\n`).join('')}`) });
        expect(render([inputOf()])[0]).toEqual({ objects: expected('charts/web', ['--name-template', 'web']) });
      }),
      { numRuns: 5 },
    );
  });

  function rmChart(): void {
    repository.remove();
    repository = new HydrateRepository();
  }

  test.each([
    ['{{ randAlphaNum 8 }}'],
    ['{{ genPrivateKey "ecdsa" | quote }}'],
    ['{{ (genSelfSignedCert "a" nil nil 365).Cert | b64enc }}'],
    ['{{ uuidv4 }}'],
    // Two runs agree every other time.
    ['{{ randInt 0 2 | quote }}'],
    ['{{ keys (dict "a" 1 "b" 2 "c" 3 "d" 4) | first }}'],
    ['"{{ now | date "2006-01-02" }}"'],
    ['"{{ now | unixEpoch }}"'],
    ['"{{ now.UTC }}"'],
    ['{{ htpasswd "a" "b" | quote }}'],
    ['"{{ toDate "2006-01-02" "2020-01-01" | unixEpoch }}"'],
  ])('%s is told of', (expression) => {
    repository.chart('web', { 'x.yaml': object('a', `data:\n  password: ${expression}\n`), 'y.yaml': object('b') });
    expect(problemsOf(render([inputOf()], 1000)[0])).toEqual([
      {
        code: 'chart-random',
        message: "X 'a' of the chart in 'charts/web' is another one each time it is rendered",
        found: 'data.password',
        hint: expect.stringContaining('existingSecret'),
      },
    ]);
  });

  test('what Helm says is handed on', () => {
    repository.chart('fails', { 'x.yaml': '{{ fail "say `host`" }}' });
    repository.chart('broken', { 'x.yaml': 'a: [\n' });
    repository.chart('schema', { 'x.yaml': object('a') }, { 'values.schema.json': '{"properties":{"size":{"type":"integer"}}}' });
    repository.chart('remote', { 'x.yaml': object('a') }, { 'values.schema.json': '{"$ref":"http://example.com/schema.json"}' });
    const dependency = 'apiVersion: v2\nname: needs\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.0.0, repository: "https://charts.example.com"}\n';
    repository.chart('needs', { 'x.yaml': object('a') }, { 'Chart.yaml': dependency });
    repository.chart('values', { 'x.yaml': object('a') });
    repository.chart('version', { 'x.yaml': object('a') });
    const names = ['fails', 'broken', 'schema', 'remote', 'needs', 'values', 'version'];
    const rendered = render([
      ...names.slice(0, -2).map((name) => inFolder(name, { values: ['size: x\n'] })),
      inFolder('values', { values: ['', 'a: [\n'] }),
      inFolder('version', { kubernetes: 'none' }),
      inFolder('schema', { values: ['size: x\n'], skipSchemaValidation: true }),
    ]);
    const said = Object.fromEntries(names.map((name, index) => [name, problemsOf(rendered[index])[0]]));
    expect(said).toEqual({
      fails: expect.objectContaining({ code: 'chart-render', found: expect.stringContaining('say `host`') }),
      broken: expect.objectContaining({ found: expect.stringContaining('templates/x.yaml') }),
      schema: expect.objectContaining({
        message: expect.stringContaining("does not take the value 'size' of web"),
        found: expect.stringContaining('integer'),
        value: ['size'],
      }),
      remote: expect.objectContaining({ code: 'chart-broken', found: "values.schema.json: 'http://example.com/schema.json'" }),
      needs: expect.objectContaining({ hint: expect.stringContaining('helm dependency build') }),
      values: expect.objectContaining({ found: expect.stringContaining('values 2 of 2') }),
      version: expect.objectContaining({ found: expect.stringContaining("'none'") }),
    });
    expect(JSON.stringify(said)).not.toContain('fleet-helm-');
    expect(namesOf(rendered.at(-1))).toEqual(['a']);
  });

  test('schemas that lead elsewhere are followed by Helm, but where it skips them', () => {
    const run = (schema: object, ...flags: readonly string[]) => {
      repository.chart('web', { 'x.yaml': object('a') }, { 'values.schema.json': JSON.stringify(schema) });
      return spawnSync('helm', ['template', join(repository.path, 'charts/web'), ...flags], { encoding: 'utf8' }).status;
    };
    repository.write({ 'other.json': '{"required":["none"]}', 'any.json': '{}' });
    const schemas = ['other.json', 'any.json', 'gone.json'].map((name) => ({ $ref: `file://${join(repository.path, name)}` }));
    expect(schemas.map((schema) => run(schema))).toEqual([1, 0, 1]);
    expect(schemas.map((schema) => run(schema, '--skip-schema-validation'))).toEqual([0, 0, 0]);
    for (const schema of schemas) {
      run(schema);
      const [refused, skipped] = render([inputOf(), inputOf({ skipSchemaValidation: true })]);
      expect(problemsOf(refused)).toMatchObject([{ code: 'chart-broken' }]);
      expect(namesOf(skipped)).toEqual(['a']);
    }
    // What we take for its own, it finds there.
    const own = {
      $id: 'https://example.com/web.json',
      $defs: { a: { $id: 'a.json', required: ['none'] } },
      items: { $ref: '#/$defs/a' },
      allOf: [{ $ref: 'a.json' }],
    };
    expect([run(own), run({ ...own, $defs: { a: { $id: 'a.json' } } })]).toEqual([1, 0]);
    expect(problemsOf(render([inputOf()])[0])).toEqual([]);
  });

  test('a chart that takes all memory is ended', () => {
    const twice = '{{ $big := dict "a" "x" }}{{ range until 60 }}{{ $_ := set $big "a" (printf "%s%s" $big.a $big.a) }}{{ end }}';
    repository.chart('greedy', { 'x.yaml': object('a'), 'y.yaml': twice });
    repository.chart('modest', { 'x.yaml': object('a') });
    const [greedy, modest] = repository.renderer({ memory: 3 * 2 ** 30 }).render([inFolder('greedy'), inFolder('modest')]);
    expect(problemsOf(greedy)).toEqual([
      { code: 'chart-render', message: "Helm cannot render the chart in 'charts/greedy': it takes too much memory", expected: `at most ${3 * 2 ** 30} bytes` },
    ]);
    expect(namesOf(modest)).toEqual(['a']);
  });

  test('files of values are read as `helm template` reads them', () => {
    repository.chart(
      'web',
      { 'x.yaml': object('a', 'values: {{ toYaml .Values | nindent 2 }}\n') },
      { 'values.yaml': 'a: chart\nb: chart\nc: chart\nd: chart\n' },
    );
    repository.write({
      'charts/web/own.yaml': 'a: own\nb: own\n',
      'envs/1.yaml': 'b: one\nlist: [1]\n',
      'envs/2.yaml': 'b: two\nlist: [2]\n',
      'key.pem': 'a,b\n{{ c }}\n',
    });
    const ofRepository = (path: string) => ({ path, of: 'repository' }) as const;
    const input = inputOf({
      valueFiles: [{ path: 'own.yaml', of: 'chart' }, ofRepository('envs/*.yaml')],
      values: ['c: given\n'],
      parameters: [{ name: 'd', value: 'set', forceString: false }],
      fileParameters: [{ name: 'key', file: ofRepository('key.pem') }],
    });
    const at = (path: string) => join(repository.path, path);
    repository.write({ 'given.yaml': 'c: given\n' });
    const files = ['charts/web/own.yaml', 'envs/1.yaml', 'envs/2.yaml', 'given.yaml'].flatMap((path) => ['--values', at(path)]);
    const args = ['--name-template', 'web', '--namespace', 'shop', '--set', 'd=set', '--set-file', `key=${at('key.pem')}`, ...files];
    expect(render([input])[0]).toEqual({ objects: expected('charts/web', args) });
  });

  test('a value that a packed chart does not take is told from the top of what it was told', () => {
    const schema = { properties: { a: { properties: { size: { type: 'integer' } } } } };
    const archive = packedChart({ name: 'web', version: '1.0.0', schema, files: { 'templates/x.yaml': object('a') } });
    const entry = { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0', archive: 'archives/web-1.0.0.tgz', sha256: hashOf(archive) };
    repository.write({ 'imports/charts/archives/web-1.0.0.tgz': archive, 'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [entry] }) });
    const id = { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' };
    expect(problemsOf(render([inputOf({ id, values: ['a: { size: x }'] })])[0])).toMatchObject([{ code: 'chart-render', value: ['a', 'size'] }]);
  });

  test('what charts in a chart do not take is told by its path and its file, and names as they are', () => {
    const chart = (name: string, rest = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${rest}`;
    const schema = JSON.stringify({
      properties: { size: { type: 'integer' }, "it's": { type: 'integer' }, names: { propertyNames: { pattern: '^[a-z]+$' } } },
    });
    const dependencies = (...aliases: readonly string[]) =>
      `dependencies:\n${aliases.map((alias) => `- {name: cache, version: 1.0.0, alias: ${alias}}\n`).join('')}`;
    repository.chart(
      'web',
      { 'x.yaml': object('a') },
      {
        'Chart.yaml': chart('web', 'dependencies: [{name: db, version: 1.0.0}]\n'),
        'charts/database/Chart.yaml': chart('db', dependencies('hot', 'cold')),
        'charts/database/charts/cache/Chart.yaml': chart('cache'),
        'charts/database/charts/cache/values.schema.json': schema,
      },
    );
    repository.write({ 'given.yaml': 'db: { cold: { size: x, "it\'s": y, names: { Up: 1 } } }\n' });
    const found = problemsOf(render([inputOf({ valueFiles: [{ path: 'given.yaml', of: 'repository' }], values: ['db: { hot: { size: x } }'] })])[0]);
    const told = (found as readonly ChartFinding[]).map(({ message, value, saidBy }) => [
      message.replace(/.* does not take /, ''),
      value,
      saidBy === undefined ? undefined : basename(saidBy),
    ]);
    expect([...told].sort()).toEqual([
      ["the key 'Up' of web", undefined, undefined],
      ["the value 'db.cold.it's' of web", ['db', 'cold', "it's"], 'given.yaml'],
      ["the value 'db.cold.size' of web", ['db', 'cold', 'size'], 'given.yaml'],
      ["the value 'db.hot.size' of web", ['db', 'hot', 'size'], undefined],
    ]);
  });

  test('a packed chart is rendered as it lies there', () => {
    const archive = packedChart({ version: '1.0.0', files: { 'templates/x.yaml': object('{{ .Chart.Version }}'), 'crds/c.yaml': object('crd') } });
    const entry = { chart: 'web', repository: 'oci://example.com/charts', version: '1.0.0', archive: 'archives/example.com/charts/web-1.0.0.tgz' };
    repository.write({
      'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [{ ...entry, sha256: hashOf(archive) }] }),
      [`imports/charts/${entry.archive}`]: archive,
    });
    const id = { chart: 'web', repository: entry.repository, version: '1.0.0' };
    expect(render([inputOf({ id }), inputOf({ id, skipCrds: true })]).map(namesOf)).toEqual([['crd', '1.0.0'], ['1.0.0']]);
  });

  test('of a packed chart Helm takes what it takes of it where it is unpacked, as Argo CD does', () => {
    const db = { 'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n', 'charts/db/templates/tests/x.yaml': object('below') };
    const templates = { 'templates/x.yaml': object('a'), 'templates/.y.yaml': object('hidden'), 'templates/old.yaml': object('old') };
    const entry = { chart: 'web', repository: 'oci://example.com/charts', version: '1.0.0', archive: 'archives/example.com/charts/web-1.0.0.tgz' };
    const id = { chart: 'web', repository: entry.repository, version: '1.0.0' };
    const given = (files: Readonly<Record<string, string>>) => {
      rmChart();
      const archive = packedChart({ version: '1.0.0', files: { ...db, ...templates, ...files } });
      repository.write({
        'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [{ ...entry, sha256: hashOf(archive) }] }),
        [`imports/charts/${entry.archive}`]: archive,
      });
      return render([inputOf({ id })])[0];
    };
    expect(namesOf(given({}))).toEqual(['below', 'old', 'a']);
    expect(namesOf(given({ '.helmignore': 'tests/\nold.yaml\n' }))).toEqual(['a']);
    const [problem] = problemsOf(given({ '.helmignore': '*.md\n', 'templates/bad.yaml': '{{ fail "no" }}' })) as readonly { readonly found: string }[];
    expect(problem?.found).toMatch(/web\/templates\/bad\.yaml.*no/);
    expect(problem?.found).not.toContain('fleet-');
  });

  test('nothing is written into the chart', () => {
    repository.chart('web', { 'x.yaml': object('a') });
    const list = () => spawnSync('find', ['charts', '-newer', 'charts/web/Chart.yaml'], { cwd: repository.path, encoding: 'utf8' }).stdout;
    const before = list();
    render([inputOf()]);
    expect(list()).toBe(before);
  });
});
