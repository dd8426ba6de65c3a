import { progressText } from '../../../cli/print/patch-words';
import { aligned, labelWidth, wrapped } from '../../../cli/print/rows';
import { onTerminal } from '../../workspaces/on-terminal';

const rows = [
  ['at', 'integration, stage/stage-sector-1/us-east1, production/prod-canary'],
  ['next', 'the base'],
] as const;

test('labels and texts are aligned, and texts stay on one line in a pipe', () => {
  expect(aligned(rows)).toEqual(['  at    integration, stage/stage-sector-1/us-east1, production/prod-canary', '  next  the base']);
  expect(labelWidth(rows)).toBe(4);
});

test('a long text goes on below itself on a terminal, and no path is broken', () => {
  expect(onTerminal(40, () => aligned(rows))).toEqual([
    '  at    integration,',
    '        stage/stage-sector-1/us-east1,',
    '        production/prod-canary',
    '  next  the base',
  ]);
  expect(onTerminal(10, () => wrapped('a path/that/is/too/long b', 8))).toEqual(['a', 'path/that/is/too/long', 'b']);
});

test('a bar is full only where everything is covered', () => {
  expect([progressText(0, 9, 4), progressText(8, 9, 4), progressText(9, 9, 4), progressText(0, 0, 4)]).toEqual([
    '░░░░ 0 of 9 targets',
    '███░ 8 of 9 targets',
    '████ 9 of 9 targets',
    '░░░░ 0 of 0 targets',
  ]);
});
