import fc from 'fast-check';
import { hiderOf } from '../../../layers/text/hide-secrets';

const chat = 'https://chat.example.com/v1/spaces/AAAAsecret-room/messages?key=Key%2DSecret+1&token=SuperSecretToken';
const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQ==\n-----END PRIVATE KEY-----';

test.each<readonly [string, string, string, string]>([
  ['as it is', 's3cret', 'Bearer s3cret, s3cret', 'Bearer ***, ***'],
  ['as JSON has it', 'a"b\\c', JSON.stringify({ message: 'a"b\\c' }), '{"message":"***"}'],
  ['as an address has it', 'a/b=c d', `?q=${encodeURIComponent('a/b=c').replaceAll('%20', '+')}+d`, '?q=***'],
  ['a line of it', pem, 'cannot parse MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'cannot parse ***'],
  ['with its lines in one', pem, pem.replaceAll('\n', ' '), '*** *** *** ***'],
  ['an address', chat, `POST ${chat}`, 'POST ***'],
  ['a value of its query', chat, 'unknown token SuperSecretToken', 'unknown token ***'],
  ['a value of its query as it is meant', chat, 'no key Key-Secret 1 or Key%2DSecret+1', 'no key *** or ***'],
  ['a part of its path', chat, 'no room AAAAsecret-room', 'no room ***'],
  ['a login', 'https://robot:hunter2%21hunter2@git.example.com/x', 'wrong: hunter2!hunter2', 'wrong: ***'],
  ['the longer one of two', 'secret-1', 'secret-12 secret-1', '*** ***'],
])('a secret is hidden: %s', (_, secret, said, shown) => {
  expect(hiderOf([secret, ...(secret === 'secret-1' ? ['secret-12'] : [])])(said)).toBe(shown);
});

test('words of an address, and of nothing, stay', () => {
  expect(hiderOf([chat, '', ' '])('these messages of spaces, v1')).toBe('these messages of spaces, v1');
});

test('no text is left with a secret in it, whatever the secret is', () => {
  const secret = fc.string({ minLength: 4, unit: 'binary' }).filter((one) => one.trim().length >= 4 && !'***'.includes(one.trim()));
  fc.assert(fc.property(secret, fc.string(), (one, around) => !hiderOf([one])(`${around} ${one} ${around}`).includes(one.trim())));
});
