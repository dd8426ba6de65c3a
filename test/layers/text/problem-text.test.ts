import type { Problem } from '../../../layers/problem';
import { countText, plural, problemsText } from '../../../layers/text/problem-text';
import { encodeToken } from '../../../layers/text/token';

const full: Problem = {
  code: 'unknown-field',
  message: "there is no field 'repoUrl'",
  file: 'config/app.ts',
  line: 7,
  column: 3,
  place: ['source', 'repoUrl'],
  app: 'cert-manager',
  target: 'management-cluster/production/prod-canary/us-east1',
  targets: 1200,
  expected: 'a field of Argo CD',
  found: 'repoUrl',
  hint: "did you mean 'repoURL'?",
};

test('a problem says what and where, then what was expected, what was found and what to do', () => {
  expect(problemsText([full])).toBe(
    [
      'error unknown-field config/app.ts:7:3',
      "  there is no field 'repoUrl'",
      '  at       source.repoUrl',
      '  app      cert-manager',
      '  target   management-cluster/production/prod-canary/us-east1 and 1,199 more targets',
      '  expected a field of Argo CD',
      '  found    repoUrl',
      "  hint     did you mean 'repoURL'?",
    ].join('\n'),
  );
});

test('what is not known is left out', () => {
  expect(problemsText([{ code: 'empty-fleet', message: 'no cluster type', place: [] }])).toBe('error empty-fleet\n  no cluster type');
  expect(problemsText([{ ...full, column: undefined }]).split('\n')[0]).toBe('error unknown-field config/app.ts:7');
  expect(problemsText([{ ...full, line: undefined }]).split('\n')[0]).toBe('error unknown-field config/app.ts');
});

test('one target is named alone, two as one and one more', () => {
  expect(problemsText([{ ...full, targets: undefined }])).toContain('us-east1\n');
  expect(problemsText([{ ...full, targets: 2 }])).toContain('us-east1 and 1 more target\n');
});

test.each(['error', 'warning', 'notice'] as const)('how severe it is, it says: %s', (severity) => {
  expect(problemsText([{ ...full, severity }])).toMatch(new RegExp(`^${severity} unknown-field`));
});

test('problems are parted by an empty line', () => {
  expect(problemsText([full, full]).split('\n\n')).toHaveLength(2);
  expect(problemsText([])).toBe('');
});

test('a token shows as the expression that it stands for', () => {
  const text = problemsText([{ ...full, found: `x-${encodeToken({ key: 'name', origin: 'name' })}` }]);
  expect(text).toContain('x-{{ .Values.cluster.name }}');
});

test('colours go around words, and never change what is said', () => {
  const mark = (sign: string) => (text: string) => `${sign}${text}${sign}`;
  const paint = { error: mark('!'), warning: mark('?'), notice: mark('%'), place: mark('@'), label: mark('~') };
  const problems: readonly Problem[] = [full, { ...full, severity: 'warning' }, { ...full, severity: 'notice' }];
  const painted = problemsText(problems, paint);
  expect(painted).toMatch(/^!error! unknown-field @config\/app.ts:7:3@/);
  expect(painted).toContain('?warning?');
  expect(painted).toContain('%notice%');
  expect(painted).toContain('~hint    ~');
  expect(painted.replace(/[!@~?%]/g, '')).toBe(problemsText(problems).replace(/[!@~?%]/g, ''));
});

test('counts are of errors, and of warnings and notices where there are any', () => {
  const warning: Problem = { ...full, severity: 'warning' };
  const notice: Problem = { ...full, severity: 'notice' };
  expect(countText([notice, full, notice])).toBe('1 error, 2 notices');
  expect(countText([warning, notice])).toBe('0 errors, 1 warning, 1 notice');
  expect(countText([full])).toBe('1 error');
  expect(countText([full, full, warning])).toBe('2 errors, 1 warning');
  expect(countText([warning, warning])).toBe('0 errors, 2 warnings');
});

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [3, '3 files'],
  [22_000, '22,000 files'],
])('%p is counted as %p', (count, text) => {
  expect(plural(count, 'file')).toBe(text);
});
