import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ownProcessId, stateOf } from '../../../store/files/process-id';

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

const [pid, start, where = ''] = ownProcessId().split(' ');

test('a process runs until it has ended', async () => {
  expect(stateOf(ownProcessId())).toBe('running');
  expect(stateOf(String(await deadProcess()))).toBe('ended');
  for (const text of ['', '0', '-1', 'mine', '1.5', '-']) expect(stateOf(text)).toBe('ended');
});

test('a number alone, as earlier versions wrote it, is of another process than this one, and of a Node', async () => {
  expect(stateOf(String(process.ppid))).toBe('running');
  expect(stateOf(String(process.pid))).toBe('ended');
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  expect(stateOf(String(other.pid))).toBe('ended');
  other.kill();
});

test.each(['1', String(process.pid)])('a number that a later process has got (%p) is told by the start', (number) => {
  expect(stateOf(`${number} 1`)).toBe('ended');
  expect(stateOf(`${number} 1 ${where}`)).toBe('ended');
});

test('of another machine or container nothing is known, and before this machine was started nothing runs', () => {
  const [host, boot, space] = where.split('/');
  expect(stateOf(`${pid} ${start} other/${boot}/${space}`)).toBe('elsewhere');
  expect(stateOf(`${pid} ${start} ${host}/${boot}/4711`)).toBe('elsewhere');
  expect(stateOf(`${pid} ${start} ${host}/earlier/${space}`)).toBe('ended');
});
