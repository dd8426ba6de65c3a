// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript source
import fc from 'fast-check';
import { encodeToken } from '../../../layers/text/token';
import { ExpressionError } from '../../../store/expressions/expression-error';
import { parseTemplate } from '../../../store/expressions/parse';
import { evaluateTwice } from '../../../store/expressions/passes';
import { type Names, toTypeScript } from '../../../store/expressions/to-typescript';
import { complaint, deployScopeOf, escapedTemplates, evaluated, scopeOf, target, templates, token } from '../../builders/expression-builder';
import { runs } from '../../runs';

const scope = scopeOf();
const dimensions = Object.keys(target);
const names: Names = {
  dimensions,
  token: ({ key, isTopLevel = false }) =>
    isTopLevel ? `cluster.topLevel('${key}')` : key === 'name' ? 'cluster.name' : `cluster.annotation('example.com/${key}')`,
  liveToken: (path) => (scope.liveToken?.(path) === undefined ? undefined : names.token({ key: path[path.length - 1] ?? '' })),
  deploy: deployScopeOf(),
  constant: (path) => (path[0] === 'differs' ? undefined : (scope.value(path) ?? (path[0] === 'cluster' ? undefined : null))),
};
const cluster = {
  name: token('name'),
  annotation: (annotation: string) => token(annotation.slice('example.com/'.length)),
  topLevel: (key: string) => encodeToken({ key, isTopLevel: true }),
};

function written(text: string): string {
  return toTypeScript(parseTemplate(text), names).text;
}

/** What the source says at a target. */
function run(source: string, at: object = target): unknown {
  return new Function('target', 'cluster', `return ${source}`)(at, cluster);
}

describe('a template in TypeScript', () => {
  test.each([
    ['{{ .Values.cluster.environment }}', 'target.environment'],
    ['{{ index .Values.cluster "environment" }}', 'target.environment'],
    ['dist/{{ .Values.cluster.environment }}/x', '`dist/${target.environment}/x`'],
    ['{{ .Values.cluster.environment }}/{{ $.Values.cluster.region }}', '`${target.environment}/${target.region}`'],
    ['{{ .Values.cluster.environment | upper }}', 'target.environment.toUpperCase()'],
    ['{{ lower .Values.cluster.environment }}', 'target.environment.toLowerCase()'],
    ['{{ .Values.cluster.environment | trim }}', 'target.environment.trim()'],
    ['{{ .Values.cluster.environment | replace "a" "b" }}', "target.environment.replaceAll('a', 'b')"],
    ['{{ .Values.cluster.environment | replace "a" "$&" }}', "target.environment.replaceAll('a', () => '$&')"],
    ['{{ replace "a" .Values.cluster.region "banana" }}', "'banana'.replaceAll('a', () => target.region)"],
    ['{{ .Values.cluster.environment | trunc 5 }}', 'target.environment.slice(0, 5)'],
    ['{{ .Values.cluster.environment | trunc -5 }}', 'target.environment.slice(-5)'],
    ['{{ .Values.cluster.environment | trimSuffix ".a/b\\n" }}', "target.environment.replace(/\\.a\\/b\\u000a$/, '')"],
    ['{{ .Values.cluster.environment | trimSuffix "" }}', 'target.environment'],
    ['{{ .Values.cluster.environment | quote }}', 'JSON.stringify(target.environment)'],
    ['{{ .Values.cluster.environment | squote }}', "`'${target.environment}'`"],
    ['{{ quote .Values.cluster.environment "a" }}', '`${JSON.stringify(target.environment)} "a"`'],
    ['{{ printf "%s-%v-%d-%q" .Values.cluster.environment 0.5 3 .Values.cluster.region }}', '`${target.environment}-0.5-3-${JSON.stringify(target.region)}`'],
    ['{{ printf "a-%s" .Values.cluster.region | upper }}', '`A-${target.region.toUpperCase()}`'],
    ['{{ printf "a-%s" .Values.cluster.region | trunc 5 }}', '`a-${target.region}`.slice(0, 5)'],
    ['{{ printf "%9s|%-9s" .Values.cluster.region .Values.cluster.sector }}', '`${target.region.padStart(9)}|${target.sector.padEnd(9)}`'],
    ['{{ .Values.cluster.environment | default "x" }}', 'target.environment'],
    ['{{ .Values.cluster.environment | trunc 3 | default "x" }}', "(target.environment.slice(0, 3) || 'x')"],
    ['{{ .Values.missing | default .Values.cluster.environment }}', 'target.environment'],
    ['{{ .Values.image | upper }}:{{ upper "b" }}', "'NGINX:1.27.0:B'"],
    ["it's {{ .Values.replicas }}\\", "'it\\'s 3\\\\'"],
    ['{{ .Values.million }}/{{ 1000000 }}', "'1e+06/1000000'"],
    ['{{ .Values.cluster.region }}-{{ .Values.million }}-{{ 1000000 | quote }}', '`${target.region}-1e+06-"1000000"`'],
    ['{{ printf "%s-%v-%d" .Values.cluster.region .Values.million 1000000 }}', '`${target.region}-1e+06-1000000`'],
    ['{{ trunc 3 .Values.cluster.region }}{{ trunc .Values.replicas .Values.cluster.region }}', '`${target.region.slice(0, 3)}${target.region.slice(0, 3)}`'],
    ['{{ .Values.cluster.name }}', 'cluster.name'],
    ['a-{{ `{{ .Values.cluster.projectId }}` }}', "`a-${cluster.annotation('example.com/projectId')}`"],
    ['{{ `{{ .Values.cluster.name }}` | quote }}', '`"${cluster.name}"`'],
    ['{{ .name }}-{{ .Values.cluster.region }}', '`{{ .name }}-${target.region}`'],
    ['`$\\{{ .Values.cluster.region }}\n\t\r\u2028${x}$', '`\\`$\\\\${target.region}\\n\\t\\r\\u{2028}\\${x}$`'],
    ['${{ .Values.cluster.region }}{', '`$${target.region}{`'],
    ['${{ "{x}" }}{{ .Values.cluster.region }}', '`\\${x}${target.region}`'],
    ['{{`{{ .Values.project_id }}`}}-{{ .Values.cluster.region }}', "`${cluster.topLevel('project_id')}-${target.region}`"],
    ['{{`{{"{{"}} .name {{"}}"}}`}}-{{ .Values.cluster.region }}', '`{{ .name }}-${target.region}`'],
    ['{{ .Values.cluster.region }}{{- .name -}} ', '`${target.region}{{- .name -}} `'],
    ['\0', "'\\u{0}'"],
    ['', "''"],
  ])('%p is %s', (text, expected) => {
    expect(written(text)).toBe(expected);
    expect(run(written(text))).toBe(evaluated(text));
  });

  test('may have dimensions that are no identifiers', () => {
    const template = parseTemplate('{{ index .Values.cluster "data-centre" }}');
    expect(toTypeScript(template, { ...names, dimensions: ['data-centre'] }).text).toBe('target["data-centre"]');
  });

  test.each([
    ['a', false, false],
    ['{{ .Values.cluster.region }}', true, false],
    ['{{ .Values.cluster.name }}', false, true],
    ['{{ .Values.cluster.region | trunc 1 | default `{{ .Values.cluster.name }}` }}', true, true],
    ['{{ replace "a" `{{ .Values.cluster.name }}` .Values.cluster.region }}', true, true],
    ['{{ .Values.image }}', false, false],
  ])('%s says what it uses', (text, usesTarget, usesCluster) => {
    expect(toTypeScript(parseTemplate(text), names)).toMatchObject({ usesTarget, usesCluster });
  });

  test.each([
    ['a {{ .Values.differs }}', '`.Values.differs` is neither a dimension nor the same at every target @5\nwrite a function of the target by hand'],
    ['{{ .Values.cluster.nam }}', '`.Values.cluster.nam` is neither a dimension nor the same at every target @3\nwrite a function of the target by hand'],
    ['{{ .Values.missing }}', '`.Values.missing` has no value when the fleet is rendered @3\ngive it one with `default`'],
    ['{{ upper .Values.missing }}', '`.Values.missing` has no value when the fleet is rendered @9\ngive it one with `default`'],
    ['{{ .Values.applications }}', '`.Values.applications`: expected text, a number, true or false; found a map @3'],
    [
      '{{ index .Values.applications .Values.cluster.region }}',
      '`index`: expected keys and a value that are the same at every target; found one that is not @3',
    ],
    ['{{ printf .Values.cluster.region }}', '`printf`: expected text that is the same at every target @10'],
    ['{{ trunc 0.5 .Values.cluster.region }}', '`trunc`: expected a whole number; found the number 0.5 @9'],
    [
      '{{ printf "%9s" (printf `{{ .Values.cluster.name }}%s` .Values.cluster.region) }}',
      '`printf`: a value that only the cluster knows cannot be brought to a width @16',
    ],
    ['{{ trimSuffix .Values.cluster.region "a" }}', '`trimSuffix`: expected text that is the same at every target @14'],
    ['{{ trunc .Values.cluster.region "a" }}', '`trunc`: expected a whole number; found text @9'],
    ['{{ printf "%s%d" .Values.cluster.region .Values.replicas }}', '`printf`: %d takes no number of a file, which is a float to Helm @40\nuse %v'],
    ['{{ printf "%d" .Values.cluster.region }}', '`printf`: %d takes a whole number @15\nuse %v'],
    ['{{ replace "" "-" .Values.cluster.region }}', '`replace`: expected a text to replace; found none @11'],
    ['{{ replace 3 "-" .Values.cluster.region }}', '`replace`: expected text; found the number 3 @11'],
    ['{{ printf "é%s" .Values.cluster.region | trunc 3 }}', '`trunc`: expected characters that TypeScript treats as Go does @3'],
    ['{{ printf "\\a%s" .Values.cluster.region | quote }}', '`quote`: expected characters that JSON writes as Go does @3'],
    [
      '{{ printf `{{ .Values.cluster.name }}%s` .Values.cluster.region | upper }}',
      '`upper`: expected text that is known when the fleet is rendered; found a value that only the cluster knows @3',
    ],
    [
      '{{ .Values.cluster.region }} {{`{{- "x" }}`}}',
      'white space beside a value of the target is taken away at deploy @28\nwrite a function of the target by hand',
    ],
    [
      '{{ replace "u" "{{ .Values.x }}" .Values.cluster.region }}',
      'an expression that depends on the target would be evaluated at deploy @3\nwrite a function of the target by hand',
    ],
    ['{{`{{ upper "`}}{{ .Values.cluster.region }}{{`" }}`}}', 'a literal is not closed; expected another " @12'],
    ['{{ .Values.cluster.region | trunc 1 | default 3 }}', '`default`: expected text; found the number 3 @46'],
  ])('%s has no TypeScript', (text, expected) => {
    expect(complaint(() => written(text))).toBe(expected);
  });

  const [onlyLive, strange] = ['expected text that is known when the fleet is rendered; found a value that only the cluster knows', 'expected characters that'];
  test.each([
    ['{{ trimSuffix "" (replace "." `a-{{ .Values.cluster.name }}` .Values.cluster.environment) }}', `\`trimSuffix\`: ${onlyLive} @17`],
    ['{{ replace (replace .Values.cluster.sector `{{ .Values.cluster.projectId }}` .Values.image) "" "" }}', `\`replace\`: ${onlyLive} @11`],
    ['{{ .Values.cluster.region | trunc 1 | default `{{ .Values.cluster.name }}` | trim }}', `\`trim\`: ${onlyLive} @3`],
    ['{{ trimSuffix `{{ .Values.cluster.name }}` .Values.cluster.region }}', `\`trimSuffix\`: ${onlyLive} @14`],
    [
      '{{ printf "%9s" (replace "u" `{{ .Values.cluster.name }}` .Values.cluster.region) }}',
      '`printf`: a value that only the cluster knows cannot be brought to a width @16',
    ],
    ['{{ replace "u" "é" .Values.cluster.region | trunc 3 }}', `\`trunc\`: ${strange} TypeScript treats as Go does @3`],
    ['{{ replace "u" "ß" .Values.cluster.region | upper }}', `\`upper\`: ${strange} TypeScript treats as Go does @3`],
    ['{{ replace "u" "\\ufeff" .Values.cluster.region | trim }}', `\`trim\`: ${strange} TypeScript treats as Go does @3`],
    ['{{ replace "u" "\\a" .Values.cluster.region | quote }}', `\`quote\`: ${strange} JSON writes as Go does @3`],
    ['{{ printf "%q" (printf "%s%s" `\u00a0{{ .Values.cluster.name }}` .Values.cluster.region) }}', `\`printf\`: ${strange} JSON writes as Go does @15`],
    ['{{ printf "%9s" (printf "😀%s" .Values.cluster.region) }}', `\`printf\`: ${strange} TypeScript treats as Go does @16`],
    ['{{ replace (trunc 0 .Values.cluster.region) "-" (printf "😀%s" .Values.cluster.region) }}', `\`replace\`: ${strange} TypeScript treats as Go does @48`],
  ])('%s has none because of what its code may hold', (text, expected) => {
    expect(complaint(() => written(text))).toBe(expected);
  });

  test.each([
    ['{{ replace "é" "e" .Values.cluster.region | trunc 3 }}', "target.region.replaceAll('é', 'e').slice(0, 3)"],
    ['{{ replace "u" `{{ .Values.cluster.name }}` .Values.cluster.region | quote }}', "JSON.stringify(target.region.replaceAll('u', cluster.name))"],
  ])('%s has one: its code cannot hold that, or may', (text, expected) => {
    expect(written(text)).toBe(expected);
    expect(run(written(text))).toBe(evaluated(text));
  });
});

describe('laws', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9.-]{0,12}$/);
  const targets = fc.record({ environment: name, sector: name, region: name });

  test('the source says at every target what the template says', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof(templates, escapedTemplates), targets, (text, at) => {
        const template = parseOrSkip(text);
        const source = sourceOrUndefined(() => toTypeScript(template, names));
        if (source === undefined) return;
        compared += 1;
        const here = scopeOf({ ...JSON.parse(JSON.stringify(scopeValues())), cluster: at });
        expect({ text, source: source.text, says: run(source.text, at) }).toEqual({
          text,
          source: source.text,
          says: evaluateTwice(template, here, deployScopeOf()),
        });
        expect(source.usesTarget).toBe(/\btarget\b/.test(source.text));
      }),
      { numRuns: 5000 },
    );
    expect(compared).toBeGreaterThan(runs(600));
  });

  test('what has no TypeScript has a reason', () => {
    fc.assert(
      fc.property(fc.oneof(templates, escapedTemplates), (text) => {
        const template = parseOrSkip(text);
        const evaluated = sourceOrUndefined(() => evaluateTwice(template, scope, deployScopeOf()));
        // Whatever fails at a target fails as source.
        if (evaluated === undefined) expect(sourceOrUndefined(() => toTypeScript(template, names))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  function scopeValues(): object {
    return Object.fromEntries(['image', 'empty', 'replicas', 'million', 'ratio'].map((key) => [key, scope.value([key])]));
  }

  function parseOrSkip(text: string): ReturnType<typeof parseTemplate> {
    const template = sourceOrUndefined(() => parseTemplate(text));
    fc.pre(template !== undefined);
    return template as ReturnType<typeof parseTemplate>;
  }

  function sourceOrUndefined<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }
});
