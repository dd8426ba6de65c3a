import fc from 'fast-check';
import { withoutControls } from '../../../cli/print/without-controls';

test('what a terminal would obey is written out', () => {
  expect(['plain → ü', '\u001b[31mred', 'a\r\nb\tc', '\u202eright to left', '\u2028', '\u0000', '\u{e0041}'].map(withoutControls)).toMatchInlineSnapshot(`
   [
     "plain → ü",
     "\\u001b[31mred",
     "a\\u000d\\u000ab\\u0009c",
     "\\u202eright to left",
     "\\u2028",
     "\\u0000",
     "\\u{e0041}",
   ]
  `);
});

test('whatever the text, no control stays, and everything else does', () => {
  const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = withoutControls(text);
      expect(written).not.toMatch(controls);
      expect(written.replace(/\\u(\{[0-9a-f]+\}|[0-9a-f]{4})/g, '').length).toBeLessThanOrEqual(text.length);
      if (!/\\/.test(text)) expect(written.replace(/\\u(\{[0-9a-f]+\}|[0-9a-f]{4})/g, '')).toBe(text.replace(controls, ''));
    }),
  );
});
