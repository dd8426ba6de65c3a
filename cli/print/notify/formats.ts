import { withoutControls } from '../without-controls';
import type { Item, Line, Message, Part } from './message';

/** How a kind of tool takes a message. */
export interface NoticeFormat {
  /** What is posted. */
  body(message: Message): object;
  /** Whether the tool takes as much. */
  fits(body: object): boolean;
}

/** What one tool makes of the parts of a text. */
interface Markup {
  readonly strong: (text: string) => string;
  readonly link: (label: string, url: string) => string;
}

/**
 * How tools take messages, with the limits that they give. What somebody wrote is code in all of them, or text that has no markup: it
 * names nobody, links nowhere and looks like nothing of ours.
 */
export const noticeFormats = {
  /**
   * Slack (40,000 characters, of which it advises 4,000), Mattermost (16,383), Rocket.Chat (5,000), Google Chat (32,000 bytes), and
   * whatever takes the same.
   *
   * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
   * @see https://developers.mattermost.com/integrate/webhooks/incoming/
   * @see https://developers.google.com/workspace/chat/quickstart/webhooks
   */
  text: {
    body: (message) => ({ text: textOf(message, { strong: (text) => `*${text}*`, link: (label, url) => `<${url}|${label}>` }) }),
    fits: (body) => (body as { readonly text: string }).text.length <= 4000,
  },
  /**
   * 2,000 characters; nobody is mentioned, whatever a text says, and no link gets a picture of where it leads.
   *
   * @see https://docs.discord.com/developers/resources/webhook#execute-webhook
   */
  discord: {
    body: (message) => ({
      content: textOf(message, { strong: (text) => `**${text}**`, link: (label, url) => `[${label}](<${url}>)` }),
      allowed_mentions: { parse: [] },
      flags: 4,
    }),
    fits: (body) => (body as { readonly content: string }).content.length <= 2000,
  },
  /**
   * A workflow of Teams posts an adaptive card, of 28 KB with all that is around it. A TextRun knows no Markdown.
   *
   * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
   * @see https://learn.microsoft.com/adaptive-cards/schema-explorer/text-run
   */
  teams: {
    body: (message) => ({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(message) }],
    }),
    fits: (body) => Buffer.byteLength(JSON.stringify(body)) <= 20_000,
  },
} as const satisfies Readonly<Record<string, NoticeFormat>>;

export type NoticeFormatName = keyof typeof noticeFormats;

/** A message as a tool takes it, with as many of its items as fit: how many more there are is said. */
export function noticeBody(message: Message, { body, fits }: NoticeFormat): object {
  let [fitting, tooMany] = [0, Math.max(0, ...message.sections.map(({ items }) => items.length)) + 1];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(body(shortened(message, middle)))) fitting = middle;
    else tooMany = middle;
  }
  return body(shortened(message, fitting));
}

function shortened({ title, sections }: Message, most: number): Message {
  const shorter = sections.map((section) => {
    const more = section.items.length - most;
    return more <= 0 ? section : { ...section, items: [...section.items.slice(0, most), [[`and ${more} more`]] as Item] };
  });
  return { title, sections: shorter };
}

/** How much of a text of somebody's people read in a chat. */
const widest = 200;

function textOf({ title, sections }: Message, markup: Markup): string {
  const lineOf = (line: Line) => line.map((part) => partText(part, markup)).join('');
  const itemOf = ([first, ...others]: Item) => [`• ${lineOf(first)}`, ...others.map((line) => `   ${lineOf(line)}`)];
  const blocks = sections.map((section) => ['', markup.strong(section.title), ...section.items.flatMap(itemOf)]);
  return [lineOf(title), ...blocks.flat()].join('\n');
}

function partText(part: Part, { link }: Markup): string {
  if (typeof part === 'string') return part;
  // Angles are what tools make mentions and links of, in code as well, and no tool agrees with another on how they are written there.
  if ('said' in part)
    return `\`${lineIn(part.said)
      .replace(/</g, '‹')
      .replace(/>/g, '›')
      .replace(/`/g, 'ˋ')
      .replace(/(?<!\w)@/g, '@\u2060')}\``;
  return link(
    part.label,
    part.url.replace(/[|()*_~<>\s]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

function lineIn(text: string): string {
  const line = withoutControls(text.replace(/\s+/g, ' ').trim());
  return line === '' ? '–' : line.length > widest ? `${line.slice(0, widest).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

function cardOf({ title, sections }: Message): object {
  const run = (part: Part): object => {
    if (typeof part === 'string') return { type: 'TextRun', text: part };
    if ('said' in part) return { type: 'TextRun', text: lineIn(part.said), fontType: 'Monospace' };
    return { type: 'TextRun', text: part.label, selectAction: { type: 'Action.OpenUrl', url: part.url } };
  };
  const block = (inlines: readonly object[], more: object = {}) => ({ type: 'RichTextBlock', spacing: 'Small', inlines, ...more });
  const strong = (one: object) => ({ ...one, weight: 'Bolder' });
  const itemOf = ([first, ...others]: Item) => [
    block([{ type: 'TextRun', text: '• ' }, ...first.map(run)]),
    ...others.map((line) => block([{ type: 'TextRun', text: '\u2003' }, ...line.map(run)], { spacing: 'None' })),
  ];
  const body = [
    block(title.map(run).map(strong)),
    ...sections.flatMap((section) => [block([strong(run(section.title))], { spacing: 'Medium' }), ...section.items.flatMap(itemOf)]),
  ];
  return { $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.4', msteams: { width: 'Full' }, body };
}
