import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { fillTokens, showTokens } from '../../layers/text/token';
import { evaluate } from '../../store/expressions/evaluate';
import { ExpressionError } from '../../store/expressions/expression-error';
import { parseDeployed, parseTemplate } from '../../store/expressions/parse';
import { deployScopeOf, escapedTemplates, evaluated, evaluatedTemplates, scopeOf, values } from '../builders/expression-builder';
import { runs } from '../runs';
import { describeWithHelm } from './helm';

/** What stands between two texts that Helm renders in one call. It may not be white space: trim markers take that away. */
const separator = '\u241e';

/** What Helm makes of many texts, in one call. */
function byHelm(texts: readonly string[], known: object = values): readonly string[] {
  const chart = mkdtempSync(join(tmpdir(), 'fleet-expressions-'));
  try {
    mkdirSync(join(chart, 'templates'));
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: probe\nversion: 0.1.0\n');
    writeFileSync(join(chart, 'values.yaml'), JSON.stringify(known));
    // A template of its own each, so that Helm shows the text as YAML can hold it, whatever its characters.
    const templates = texts.map((text, index) => `{{- define "t${index}" -}}{{/* */}}${separator}${text}${separator}{{ end -}}`);
    const shown = texts.map((_, index) => `- {{ include "t${index}" . | toJson | printf "%+q" }}`);
    writeFileSync(join(chart, 'templates/_texts.tpl'), templates.join('\n'));
    writeFileSync(join(chart, 'templates/probe.yaml'), `texts:\n${shown.join('\n')}\n`);
    const output = execFileSync('helm', ['template', 'release', chart], { maxBuffer: 100_000_000, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return (parse(output) as { readonly texts: readonly string[] }).texts.map((json) => JSON.parse(json).slice(1, -1));
  } finally {
    rmSync(chart, { recursive: true, force: true });
  }
}

/** What we make of a text when the fleet is rendered. A token reads as the expression that is left for Argo CD's Helm. */
function byUs(text: string, known: object = values): string {
  return showTokens(evaluate(parseTemplate(text), scopeOf(known, [])));
}

/** What Helm sees when it deploys. */
const atDeploy = { ...values, cluster: { ...values.cluster, name: 'one', projectId: 'project "1"\\' }, project_id: 'top' };

/** What reaches Argo CD, by us: what the cluster says is filled in last. */
function twiceByUs(text: string): string {
  const said: Readonly<Record<string, string>> = { ...atDeploy.cluster, project_id: atDeploy.project_id };
  return fillTokens(evaluated(text, scopeOf(values, []), deployScopeOf(values)), ({ key }) => said[key] ?? 'nothing');
}

describeWithHelm('expressions in YAML', () => {
  test('mean what they mean to Helm', () => {
    const texts = [
      '{{ .Values.cluster.environment }}/{{ $.Values.cluster.sector }}',
      'dist/{{- .Values.cluster.environment -}} /x',
      'a {{- /* { "}} */ -}} b',
      'a {{-3}} {{ 3 -}} b',
      '{{ .Values.replicas }} {{ .Values.ratio }} {{ .Values.enabled }} {{ .Values.disabled }} {{ .Values.zero }}',
      '{{ 0x10 }} {{ 010 }} {{ 0o17 }} {{ 0b11 }} {{ 1_000 }} {{ -5 }} {{ +5 }} {{ -0 }} {{ .5 }} {{ 1.5e-7 }} {{ 1234567.5 }} {{ 0.0001 }} {{ 0.00001 }}',
      '{{ 999999.5 }} {{ 1000000 }} {{ 123456.789 }}',
      '{{ "a\\tb\\u00e9\\x41\\101\\U0001F600\\\\\\"" }}{{ `a\\t"b"` }}',
      '{{ "a }} b" }}{{ `c }} {{ d` }}',
      '{{"{{"}} .name {{"}}"}}{{`{{ .name }}`}}',
      '{{`{{ .Values.cluster.name }}`}}-{{ `a-{{ .Values.cluster.name }}-b` }}-{{ printf `%s-{{ .Values.cluster.name }}` "x" | quote }}',
      '{{ index .Values.applications.web "release-name" }}{{ index .Values "applications" "web" "source" "targetRevision" }}',
      '{{ index .Values.zones 1 }}{{ index .Values "zones" 0 }}{{ "release-name" | index .Values.applications.web }}',
      '{{ index .Values.applications "api" | default "x" }}{{ index .Values.applications .Values.cluster.region | default "x" }}',
      '{{ .Values.missing | default "x" }}{{ .Values.missing | default .Values.absent | default "y" }}{{ default 5 .Values.missing }}',
      '{{ .Values.empty | default "x" }}{{ .Values.zero | default "x" }}{{ .Values.disabled | default true }}{{ .Values.none | default "x" }}{{ .Values.noItems | default "x" }}',
      '{{ .Values.nothing | default "x" }}{{ .Values.replicas | default "x" }}{{ 0.5 | default "x" }}',
      '{{ quote .Values.image }}{{ quote 3 true 0.5 }}{{ quote "" }}{{ squote "it\'s" 3 }}',
      '{{ quote "a\\"b\\\\\\n\\x00\\a\\b\\f\\r\\v\\x7f\\u00a0\\u00ad\\u2028\\ufeff\\ue000\\U000e0001é😀\\u0301" }}',
      '{{ upper "straße é ŉ" }}{{ lower "İ ΣΑΣ É" }}{{ .Values.cluster.environment | upper | lower }}',
      '{{ trim "\\u0085 \\t a b \\u00a0\\u3000\\n" }}|{{ trim "\\ufeffa" }}',
      '{{ replace "." "-" "a.b.c" }}{{ "a.b" | replace "." "$&" }}{{ replace "" "-" "aé😀" }}{{ replace "aa" "b" "aaa" }}',
      '{{ trunc 5 "abcdefg" }}|{{ trunc -5 "abcdefg" }}|{{ trunc 0 "abc" }}|{{ trunc 9 "abc" }}|{{ trunc -9 "abc" }}|{{ trunc 3 "aéb" }}|{{ trunc -3 "abc" }}',
      '{{ trimSuffix "-x" "a-x-x" }}{{ trimSuffix "" "a" }}{{ trimSuffix "b" "a" }}{{ "v1.2.3" | trimSuffix ".3" }}',
      '{{ printf "%s-%v-%d-%q-%%" "a" true -3 "q\\"" }}{{ printf "%v %v %v" 0.5 3 "x" }}{{ printf "just text" }}',
      '{{ printf "%5s|%-5s|%5d|%05d|%-05d|%5v|%5q|%-6v|%2s" "a" "é" 3 -4 4 true "q" 0.5 "long" }}',
      '{{ print "a" "b" 3 true 4 0.5 "c" 5 }}|{{ print .Values.replicas .Values.ratio .Values.image .Values.enabled }}|{{ print 1 }}',
      '{{\n .Values.cluster.environment\n | upper\n}}',
      '{{ upper (lower (printf "%s" .Values.cluster.environment)) | trimSuffix "GE" }}',
      '{{"a"|upper}}{{(.Values.image)}}{{ ( "x" | upper ) | quote }}',
    ];
    expect(byHelm(texts)).toEqual(texts.map((text) => byUs(text)));
  });

  test('mean what they mean to Helm, whatever they are put together of', () => {
    const known = fc.sample(evaluatedTemplates, { numRuns: 4000, seed: 1 }).flatMap((text) => {
      try {
        return [{ text, says: byUs(text) }];
      } catch (error) {
        if (error instanceof ExpressionError) return [];
        throw error;
      }
    });
    expect(known.length).toBeGreaterThan(runs(1000));
    const helm = byHelm(known.map(({ text }) => text));
    expect(known.map(({ text }, index) => ({ text, says: helm[index] }))).toEqual(known);
  });

  test('mean after both passes what they mean to Helm, called twice', () => {
    const texts = [
      '{{`{{"{{"}} index .metadata.annotations "a/id" {{"}}"}}`}}',
      'prefix-{{`{{ .Values.cluster.name }}`}}-suffix',
      '{{"{{"}} .Values.cluster.name {{"}}"}}|{{ "{{" }}- .Values.project_id | squote -{{ "}}" }} |',
      'a {{`{{- /* why */ -}}`}} b {{- `{{ "c" -}}` }}  d',
      '{{ printf "{{ .Values.%s | upper }}" "image" }}{{ printf "{{ %q }}" "x\\"y" }}',
      '{{`{{ .Values.image | trunc 5 | quote }}{{ .Values.empty | default "x" }}{{ index .Values.zones 1 }}`}}',
      '{{`{{ "{{ .Values.cluster.name }}" }}{{"{{"}}{{ "}}" }}`}}',
      '{{`{{ $.Values.cluster.projectId }}{{ .Values.cluster.name | printf "%s-%s" "a" | squote }}`}}',
      '{"a":{"b":"{{ .Values.cluster.region }}{{`{{ .Values.cluster.name }}`}}"}}',
    ];
    expect(byHelm(byHelm(texts), atDeploy)).toEqual(texts.map(twiceByUs));
  });

  test('mean after both passes what they mean to Helm, whatever is escaped in them, and however often', () => {
    const known = fc.sample(escapedTemplates, { numRuns: 6000, seed: 2 }).flatMap((text) => {
      try {
        // Nor has Helm a use for what is left to Argo CD although nobody escaped it.
        const first = parseTemplate(text);
        const next = parseDeployed(evaluate(first, scopeOf(values, [])), () => false);
        if ([first, next].some(({ parts }) => parts.some(({ kind }) => kind === 'as-written'))) return [];
        return [{ text, says: twiceByUs(text) }];
      } catch (error) {
        if (error instanceof ExpressionError) return [];
        throw error;
      }
    });
    expect(known.length).toBeGreaterThan(runs(1000));
    const helm = byHelm(byHelm(known.map(({ text }) => text)), atDeploy);
    expect(known.map(({ text }, index) => ({ text, says: helm[index] }))).toEqual(known);
  });

  test('print the numbers of files and of expressions as Helm does, around every limit', () => {
    const limits = [0, 3, 999_999, 1e6, 1_000_001, 1_234_567, 123_456_789_012, 2 ** 53 - 1, 2 ** 53, 2 ** 63, Number('12345678901234567890'), 1e20, 1e21, 1e22];
    const fractions = [0.5, 0.1, 999_999.5, 0.001, 0.0001, 0.00012345, 0.00001, 1e-7, 5e-324, Number.MAX_VALUE];
    const drawn = fc.sample(
      fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        numRuns: 300,
        seed: 3,
      },
    );
    // JSON, as which the values are given to Helm, knows no -0.
    const numbers = [...limits, ...fractions, ...limits.map((value) => -value), ...fractions.map((value) => -value), ...drawn].map((value) => value || 0);
    const known = Object.fromEntries(numbers.map((value, index) => [`n${index}`, value]));
    const ofFiles = numbers.map((_, index) => {
      const name = `.Values.n${index}`;
      return `{{ ${name} }} {{ quote ${name} }} {{ ${name} | squote }} {{ printf "%v|%-24v|%24v" ${name} ${name} ${name} }} {{ ${name} | default 1000000 }}`;
    });
    const whole = numbers.filter((value) => Number.isSafeInteger(value));
    const written = whole.map(
      (value) => `{{ ${value} }} {{ quote ${value} }} {{ printf "%v %d %020d" ${value} ${value} ${value} }} {{ ${value} | default 1e-7 }}`,
    );
    const texts = [...ofFiles, ...written];
    expect(whole.length).toBeGreaterThan(runs(100));
    expect(byHelm(texts, known)).toEqual(texts.map((text) => byUs(text, known)));
  });

  test('refuse %d for a number of a file, where Helm prints a complaint', () => {
    const text = '{{ printf "%d" .Values.replicas }}';
    expect(byHelm([text])).toEqual(['%!d(float64=3)']);
    expect(() => byUs(text)).toThrow(ExpressionError);
  });
});
