import { pieceOf } from '../../../cli/read/evidence/piece';
import type { Evidence } from '../../../layers/law/evidence';

const command = (run: string, more: object = {}): Evidence => ({ command: { run, ...more } });
const metric = (query: string, most: number, more: object = {}): Evidence => ({
  prometheus: { url: 'https://p.example.com', query, holds: most === 1 ? (value) => value < 1 : (value) => value < 2, ...more },
});

test('what asks something else is another piece', () => {
  const all = [
    ...[command('./old.sh'), command('./new.sh'), metric('up', 1), metric('down', 1), metric('up', 2), metric('up', 1, { url: 'https://other.example.com' })],
    ...[() => ({ is: 'good' }) as const, () => ({ is: 'bad', why: 'x' }) as const],
  ].map(pieceOf);
  expect(new Set(all).size).toBe(all.length);
  for (const one of all) expect(one).toMatch(/^[0-9a-f]{8}$/);
});

test('what is called otherwise, asked with another token or for longer is the same piece, in whichever order it is written', () => {
  expect(pieceOf(command('./a.sh', { name: 'smoke', timeout: '1m' }))).toBe(pieceOf(command('./a.sh')));
  expect(pieceOf(metric('up', 1, { tokenEnv: 'TOKEN', caFile: 'ca.pem' }))).toBe(pieceOf(metric('up', 1)));
  expect(pieceOf({ argoCD: { refreshedWithin: '2h', server: 'https://a.example.com' } })).toBe(pieceOf({ argoCD: { server: 'https://a.example.com' } }));
});
