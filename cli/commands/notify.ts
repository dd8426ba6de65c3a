import { Command, Option } from 'commander';
import { plural } from '../../layers/text/problem-text';
import { type NoticeFormatName, noticeBody, noticeFormats } from '../print/notify/formats';
import { messageOf } from '../print/notify/message';
import { noticeData } from '../print/notify/notice-data';
import { type Done, print, printJson } from '../print/print';
import { defaultWebhookEnv } from '../read/evidence/secrets';
import { isNews, type Notice, readNotice } from '../read/notify/read-notice';
import { runSettled } from '../run-alone';
import { postNotice, takeWebhook } from '../write/post-notice';

interface NotifyFlags {
  readonly config: string;
  readonly since?: string;
  readonly for: NoticeFormatName;
  readonly webhookEnv: string;
  readonly waiting?: boolean;
  readonly always?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function notifyCommand(done: Done): Command {
  return new Command('notify')
    .description('posts what moved and what waits to the webhook of a chat; nothing where there is nothing new')
    .option('--since <ref>', 'what is news: since a commit or a date, or since so long ago (1h, 7d) (default: since the commit before the last one)')
    .addOption(
      new Option('--for <tool>', 'what takes it; text is for Slack, Mattermost, Rocket.Chat and Google Chat')
        .choices(Object.keys(noticeFormats))
        .default('text'),
    )
    .option('--webhook-env <variable>', 'the environment variable that holds the address of the webhook', defaultWebhookEnv)
    .option('--waiting', 'only what the clock moved since then: soak that is over, a freeze that ends; no commits')
    .option('--always', 'post also where nothing is new')
    .option('--dry-run', 'print what would be posted, and post nothing; it needs no address')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what moved and what waits as JSON, and whether it was posted')
    .addHelpText(
      'after',
      `
The address is a secret: it comes from the environment alone, is taken over HTTPS, and no message says it. What people wrote mentions
nobody and links nowhere. Writes nothing.

Example:
  $ npx fleet notify --dry-run
  $ FLEET_WEBHOOK=https://… npx fleet notify --since origin/main~3
  $ npx fleet notify --since 1h --waiting`,
    )
    .action((flags: NotifyFlags) => done(runSettled(flags.config, () => notify(flags, new Date()))));
}

function notify({ config, since, for: tool, webhookEnv, waiting, always, dryRun, json }: NotifyFlags, now: Date): number {
  // Before anything of the configuration runs.
  const webhook = dryRun ? undefined : takeWebhook(webhookEnv);
  const notice = readNotice({ config, since, byClock: waiting, now });
  const isPosted = always || isNews(notice);
  const body = noticeBody(messageOf(notice), noticeFormats[tool]);
  if (isPosted && webhook !== undefined) postNotice(webhook, body);
  if (json) printJson({ ok: true, posted: isPosted && !dryRun, news: isNews(notice), ...noticeData(notice, now), ...(isPosted ? { message: body } : {}) });
  else if (!isPosted) print(`${waiting ? 'Nothing' : 'Nothing moved, and nothing'} waits that did not before: nothing is posted.`);
  else if (dryRun) printJson(body);
  else print(`Posted to the address in ${webhookEnv}: ${countText(notice)}.`);
  return 0;
}

function countText({ byClock, commits, patches }: Notice): string {
  return `${byClock ? '' : `${plural(commits.length, 'commit')}, `}${patches.length} ${patches.length === 1 ? 'patch' : 'patches'} in flight`;
}
