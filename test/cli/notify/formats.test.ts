import fc from 'fast-check';
import { noticeBody, noticeFormats } from '../../../cli/print/notify/formats';
import type { Item, Message } from '../../../cli/print/notify/message';

const url = 'https://github.com/company/fleet/commit/0123456789';

function message(...texts: readonly string[]): Message {
  const items = texts.map(
    (said): Item => [
      [{ label: '0123456', url }, ' ', { said }],
      ['at ', { said }],
    ],
  );
  return { title: [{ said: texts[0] ?? '' }, ': 1 commit'], sections: items.length === 0 ? [] : [{ title: 'What moved', items }] };
}

const textOf = (one: Message) => (noticeBody(one, noticeFormats.text) as { readonly text: string }).text;

interface Run {
  readonly text: string;
  readonly fontType?: string;
}

/** All texts of a card, in order. */
function runsOf(body: object): readonly Run[] {
  const [attachment] = (body as { readonly attachments: readonly { readonly content: { readonly body: readonly { readonly inlines: readonly Run[] }[] } }[] })
    .attachments;
  return attachment?.content.body.flatMap(({ inlines }) => inlines) ?? [];
}

test('what Slack, Mattermost, Rocket.Chat and Google Chat take', () => {
  expect(noticeBody(message('Promote it'), noticeFormats.text)).toEqual({
    text: ['`Promote it`: 1 commit', '', '*What moved*', `• <${url}|0123456> \`Promote it\``, '   at `Promote it`'].join('\n'),
  });
});

test('what Discord takes: nobody is mentioned, and links have no picture', () => {
  expect(noticeBody(message('Promote it'), noticeFormats.discord)).toEqual({
    content: ['`Promote it`: 1 commit', '', '**What moved**', `• [0123456](<${url}>) \`Promote it\``, '   at `Promote it`'].join('\n'),
    allowed_mentions: { parse: [] },
    flags: 4,
  });
});

test('what a workflow of Teams takes', () => {
  expect(noticeBody(message('Promote it'), noticeFormats.teams)).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'RichTextBlock', inlines: [{ text: 'Promote it', weight: 'Bolder' }, { text: ': 1 commit' }] },
            { type: 'RichTextBlock', inlines: [{ text: 'What moved', weight: 'Bolder' }] },
            { inlines: [{ text: '• ' }, { text: '0123456', selectAction: { type: 'Action.OpenUrl', url } }, { text: ' ' }, { text: 'Promote it' }] },
            { inlines: [{ text: '\u2003' }, { text: 'at ' }, { text: 'Promote it', fontType: 'Monospace' }] },
          ],
        },
      },
    ],
  });
});

test.each(['<!channel> hi', '<!everyone>', '@channel', '@here and @all', '<@U123>', '<users/all>', '<https://evil.test|look>', '`; *x* <!here>`'])(
  'nobody is mentioned by %s, and nothing is linked',
  (hostile) => {
    for (const text of [textOf(message(hostile)), (noticeBody(message(hostile), noticeFormats.discord) as { readonly content: string }).content]) {
      const outside = text.replaceAll(`<${url}|0123456>`, '').replaceAll(`[0123456](<${url}>)`, '');
      // Whatever it says is code: taken out, nothing of it is left.
      expect(outside.replace(/`[^`\n]*`/g, '')).toBe(
        ': 1 commit\n\nWHAT\n•  \n   at '.replace('WHAT', outside.includes('**') ? '**What moved**' : '*What moved*'),
      );
      expect(outside).not.toMatch(/[<>]|(?<!\w)@\w/);
    }
  },
);

test('an address of a person stays as it is', () => {
  expect(textOf(message('Ann ann@example.com'))).toContain('`Ann ann@example.com`');
});

const hostile = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('`', '<!channel>', '@all', '\n', '](', '\u202e', '```')), { maxLength: 6 })
  .map((parts) => parts.join(''));

test('whatever people write, a message keeps its lines, and its texts are code', () => {
  fc.assert(
    fc.property(hostile, (said) => {
      const lines = textOf(message(said)).split('\n');
      expect(lines).toHaveLength(5);
      expect(lines[4]).toMatch(/^ {3}at `[^`]+`$/);
      const cards = runsOf(noticeBody(message(said), noticeFormats.teams)).filter(({ fontType }) => fontType === 'Monospace');
      expect(cards.map(({ text }) => /\p{Cc}/u.test(text) || text.length > 2000)).toEqual(cards.map(() => false));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['text', (body: object) => (body as { readonly text: string }).text.length, 4000],
  ['discord', (body: object) => (body as { readonly content: string }).content.length, 2000],
  ['teams', (body: object) => Buffer.byteLength(JSON.stringify(body)), 20_000],
] as const)('a message for %s is as long as it may be, and says how much more there is', (name, size, most) => {
  const texts = Array.from({ length: 500 }, (_, index) => `${index} ${'ü'.repeat(150)}`);
  const body = noticeBody(message(...texts), noticeFormats[name]);
  expect(size(body)).toBeLessThanOrEqual(most);
  expect(size(body)).toBeGreaterThan(most - 1500);
  const [, left = ''] = /and (\d+) more/.exec(JSON.stringify(body)) ?? [];
  expect(JSON.stringify(body)).toContain(`${500 - Number(left) - 1} üü`);
  expect(JSON.stringify(body)).not.toContain(`"${500 - Number(left)} üü`);
});
