import fc from 'fast-check';
import { Document, Scalar } from 'yaml';
import { numberText } from '../../layers/text/json-text';
import { doubleQuotedText, keyText, quotedKeyText, quotedText, stringText, yamlOptions } from '../../store/yaml/scalar-text';
import { delicate, doubtful, key, lines, plainNumber, readings, text } from './yaml-model';

/** A string as both YAML versions read it back, as a value and as a key. */
function readBack(written: string): readonly unknown[] {
  return readings(`k: ${written}\n`).map((document) => (document as { k: unknown }).k);
}

function keysBack(written: string): readonly unknown[] {
  return readings(`${written}: 1\n`).map((document) => Object.keys(document as object)[0]);
}

describe('a string', () => {
  test.each(doubtful)('%p, which some parser takes for something else, is quoted', (value) => {
    expect(stringText(value)).toBe(`'${value}'`);
    expect(keyText(value)).toBe(`'${value}'`);
  });

  // Measured with gopkg.in/yaml.v2 2.4.0 and v3 3.0.1: they drop every underscore before they look for a number.
  test.each(['1e_3', '1_e_3', '0e+_1', '0_x1F', '-_0b1', '+_0x1f'])('%p, which Go reads as a number once its underscores are gone, is quoted', (value) => {
    expect(stringText(value)).toBe(`'${value}'`);
  });

  // Measured likewise: Go refuses the file, or takes the character for a line break and folds it to a space.
  test.each(['a\u2028b', 'a\u2029b', 'yes\u2028', 'a\u0085b', 'a\u007fb', 'a\u009fb', 'a\ufffeb', 'a\uffffb', 'a\n\u2028b'])(
    '%p holds a character that Go refuses or folds: it is escaped',
    (value) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(stringText(value)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/);
      expect(quotedText(value)).toMatch(/^"[ -~]*"$/);
      expect(readBack(stringText(value))).toEqual([value, value]);
    },
  );

  // Measured likewise: "found a tab character where an indentation space is expected", and a space that is lost.
  test.each(['\ta\nb', '\n\ta', '\t\nb', ' \n', '\n \n', ' \n\n'])('%p is no block scalar that Go could read: it stands in double quotes', (value) => {
    expect(stringText(value)).toMatch(/^".*"$/);
  });

  test.each([
    'cert-manager',
    'https://example.com/x?y=z',
    'v1.18.2',
    'a b',
    '1.2.3',
    'us-east1',
    '/a/b',
    'nope',
    'yes-man',
    'e2e',
    '10.0.0.0/8',
    '5m',
    '100Mi',
  ])('%p stands without quotes', (value) => {
    expect(stringText(value)).toBe(value);
  });

  test.each([...delicate, ...lines])('%p reads back as itself, as a value and as a key', (value) => {
    expect(readBack(stringText(value))).toEqual([value, value]);
    expect(keysBack(keyText(value))).toEqual([value, value]);
  });

  test('of any kind reads back as itself', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readBack(stringText(value))).toEqual([value, value]);
      }),
      { numRuns: 3000 },
    );
  });

  test('reads back as itself when it is asked for a second time', () => {
    for (const value of [...doubtful, ...delicate, ...lines]) {
      const first = [stringText(value), keyText(value)];
      expect([stringText(value), keyText(value)]).toEqual(first);
    }
  });

  test('of several lines is a block, its lines indented by two', () => {
    expect(stringText('a\nb\n')).toBe('|\n  a\n  b');
    expect(stringText('a\nb')).toBe('|-\n  a\n  b');
  });

  test('is never folded', () => {
    const long = 'word '.repeat(200).trim();
    expect(stringText(long)).toBe(long);
    expect(stringText(`${long}: x`)).toBe(`'${long}: x'`);
    expect(quotedText(`${long}\n`).split('\n')).toHaveLength(1);
    expect(stringText(`${long}\n${long}\n`).split('\n')).toHaveLength(3);
  });
});

describe('a key', () => {
  test('of any kind reads back as itself', () => {
    fc.assert(
      fc.property(key, (value) => {
        expect(keysBack(keyText(value))).toEqual([value, value]);
        expect(keyText(value)).not.toContain('\n');
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a string that has to be quoted', () => {
  test.each([
    ['a', "'a'"],
    ["it's", "'it''s'"],
    ['{{ "a" }}', `'{{ "a" }}'`],
    ['a\\b', "'a\\b'"],
    ['', "''"],
    ['a\nb', '"a\\nb"'],
    ['a\tb', '"a\\tb"'],
    ['\u0000', '"\\0"'],
  ])('%p is %s', (value, written) => {
    expect(quotedText(value)).toBe(written);
  });

  test('stands between quotes on one line and reads back as itself, as a value and as a key', () => {
    fc.assert(
      fc.property(key, (value) => {
        for (const written of [quotedText(value), quotedKeyText(value)]) expect(written).toMatch(/^(["']).*\1$/su);
        expect(quotedText(value)).not.toContain('\n');
        expect(readBack(quotedText(value))).toEqual([value, value]);
        expect(keysBack(quotedKeyText(value))).toEqual([value, value]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a number', () => {
  test.each([
    [0, '0'],
    [-0, '-0'],
    [1.5, '1.5'],
    [1e-7, '1.0e-7'],
    [1.5e-7, '1.5e-7'],
    [-3, '-3'],
    [9007199254740991, '9007199254740991'],
  ])('%p is written as %p', (value, written) => {
    expect(numberText(value)).toBe(written);
  });

  test('reads back as itself', () => {
    fc.assert(
      fc.property(plainNumber, (value) => {
        expect(readBack(numberText(value))).toEqual([value, value]);
      }),
      { numRuns: 1000 },
    );
  });

  test('without an exponent is written as the library writes it', () => {
    fc.assert(
      fc.property(
        plainNumber.filter((value) => !String(value).includes('e')),
        (value) => {
          expect(`${numberText(value)}\n`).toBe(new Document(value, yamlOptions).toString(yamlOptions));
        },
      ),
    );
  });
});

describe('what is written without the library', () => {
  const pieces = fc.constantFrom(
    'a',
    'Z',
    '0',
    '9',
    '1.2',
    '.',
    '/',
    ':',
    '=',
    '@',
    '+',
    '?',
    ',',
    '-',
    '_',
    ' ',
    "'",
    '"',
    '{',
    '}',
    '#',
    'm',
    'Mi',
    'e',
    'x',
    '~',
    'no',
    'v1',
    '\\',
  );
  const strings = fc.oneof(
    fc.array(pieces, { minLength: 1, maxLength: 8 }).map((list) => list.join('')),
    fc.string({ maxLength: 12 }),
  );

  function byLibrary(value: string, type?: Scalar.Type, isKey = false): string {
    const scalar = new Scalar(value);
    if (type) scalar.type = type;
    const document = new Document(new Map(), yamlOptions);
    if (isKey) document.set(scalar, 0);
    else document.set('k', scalar);
    const written = document.toString(yamlOptions);
    return isKey ? written.slice(0, -': 0\n'.length) : written.slice('k: '.length, -1);
  }

  test('is what the library writes', () => {
    fc.assert(
      fc.property(strings, (value) => {
        // What is quoted for the sake of others is so in whatever way; what stands bare stands so in the library too.
        const [plain, key] = [stringText(value), keyText(value)];
        if (/^[^'"]/.test(plain) || /^[{*[&!%]/.test(value)) expect(plain).toBe(byLibrary(value));
        if (/^[^'"?]/.test(key)) expect(key).toBe(byLibrary(value, undefined, true));
        if (/^[ -~]*$/.test(value)) {
          expect(quotedText(value)).toBe(byLibrary(value, 'QUOTE_SINGLE'));
          expect(doubleQuotedText(value)).toBe(byLibrary(value, 'QUOTE_DOUBLE'));
          expect(quotedKeyText(value)).toBe(byLibrary(value, 'QUOTE_SINGLE', true));
          expect(quotedKeyText(value, 'QUOTE_DOUBLE')).toBe(byLibrary(value, 'QUOTE_DOUBLE', true));
        }
      }),
      { numRuns: 6_000 },
    );
  });

  test.each([
    'a: b',
    'a:',
    'a :b',
    '1:30',
    '12e3',
    '0x1F',
    '1.2',
    '10.0.0.0/8',
    '2026-11-27',
    'k=v',
    '1.2.3-',
    "it's",
    'a\\n',
    ' a',
    'a ',
    'https://x.y:80/z?a=b',
  ])('%p too', (value) => {
    if (/^[^'"|>]/.test(stringText(value))) expect(stringText(value)).toBe(byLibrary(value));
    expect([quotedText(value), doubleQuotedText(value)]).toEqual([byLibrary(value, 'QUOTE_SINGLE'), byLibrary(value, 'QUOTE_DOUBLE')]);
    expect(quotedKeyText(value)).toBe(byLibrary(value, 'QUOTE_SINGLE', true));
  });
});
