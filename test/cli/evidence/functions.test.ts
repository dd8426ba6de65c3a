import type { Ask } from '../../../cli/read/evidence/asking';
import { askFunctions } from '../../../cli/read/evidence/functions';
import { Outside } from '../../../cli/read/evidence/outside';
import { runApart } from '../../../store/code/run-apart';

jest.mock('../../../store/code/run-apart');

const ask = (target: string) => ({ asked: { node: '*', index: 0, target }, step: {} }) as unknown as Ask;
const outside = new Outside((text) => text.replaceAll('s3cret', '***'));
const targetsOf = (input = ''): readonly string[] => (JSON.parse(input) as readonly { readonly target: string }[]).map(({ target }) => target);

test('those that were not asked, since one blocked the process, are asked anew, and what was answered is kept', () => {
  const late = { is: 'no-answer', why: 'it did not answer within 60 seconds' };
  const said = [
    { status: null, answers: [{ is: 'good', since: '2026-11-01T10:00:00.000Z' }, null, late, null] },
    { status: 0, answers: [{ is: 'good' }, { is: 'bad', why: 'smoke' }] },
  ];
  const asked: (readonly string[])[] = [];
  jest.mocked(runApart).mockImplementation((_file, _args, input) => {
    const { status, answers } = said[asked.length] as (typeof said)[number];
    asked.push(targetsOf(input));
    return { status, stdout: `\n${JSON.stringify(answers)}\n`, stderr: '' };
  });
  expect(askFunctions(['a', 'b', 'c', 'd'].map(ask), 'config', outside)).toEqual([
    { is: 'good', since: new Date('2026-11-01T10:00:00Z') },
    { is: 'good' },
    late,
    { is: 'bad', why: 'smoke' },
  ]);
  expect(asked).toEqual([
    ['a', 'b', 'c', 'd'],
    ['b', 'd'],
  ]);
});

test('a process that ends otherwise answers for none', () => {
  for (const said of [
    { status: 1, stdout: '[{"is":"good"}]' },
    { status: null, stdout: '' },
  ]) {
    jest.mocked(runApart).mockReturnValue({ ...said, stderr: '' });
    expect(askFunctions([ask('a')], 'config', outside)).toEqual([
      { is: 'no-answer', why: `the process that asks functions ended with ${said.status ?? 'a signal'}` },
    ]);
  }
});

test('what they print is told without secrets', () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  jest.mocked(runApart).mockReturnValue({ status: 0, stdout: '[{"is":"good"}]', stderr: 'GET /\nauthorization: s3cret\n' });
  askFunctions([ask('a')], 'config', outside);
  expect(written.mock.calls).toEqual([['GET /\nauthorization: ***\n']]);
  written.mockRestore();
});
