import { isHarmless, isRandom } from './harmless';

/** A kind of text that is a secret wherever it stands. */
interface Shape {
  readonly why: string;
  readonly pattern: RegExp;
  /** Decides where the pattern alone cannot. */
  readonly isSecret?: (match: RegExpExecArray) => boolean;
}

/** Tokens begin where a word does, or a URL's user; otherwise any long random text would hold one sooner or later. */
const token = (why: string, body: string): Shape => ({
  why,
  pattern: new RegExp(`(?<![A-Za-z0-9_+-]|(?<!:/)/)(?:${body})`, 'g'),
  isSecret: ([text]) => !/EXAMPLE|(.)\1{7}/i.test(text),
});

/** Each holds a text that `hint` looks for. */
const shapes: readonly Shape[] = [
  { why: 'a private key', pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-\d/g },
  {
    why: 'a private key in base64',
    pattern: /LS0tLS1CRUdJTi[A-Za-z0-9+/]{1,50}/g,
    // Certificates begin alike, and are public.
    isSecret: ([text]) => Buffer.from(text, 'base64').toString('latin1').includes('PRIVATE KEY'),
  },
  token('an age key', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
  token('a GitHub token', 'gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}'),
  token('a GitLab token', 'gl(?:pat|ptt|rt|dt|cbt|ft|agent|oas|soat)-[A-Za-z0-9_-]{16,}'),
  token('a Slack token', 'xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}'),
  token('a Slack webhook', 'https://hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/]{20,}'),
  token('a Discord webhook', 'https://(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/\\d+/[A-Za-z0-9_-]{30,}'),
  token('a Teams webhook', 'https://[\\w.-]+\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{30,}'),
  token('an access key of AWS', '(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9+/])'),
  token('a JSON web token', 'eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}'),
  token('an API key of Google', 'AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}'),
  token('a Google token', 'ya29\\.[A-Za-z0-9_-]{30,}'),
  token('an npm token', 'npm_[A-Za-z0-9]{30,}'),
  token('a PyPI token', 'pypi-AgE[A-Za-z0-9_-]{40,}'),
  token('a Docker Hub token', 'dckr_pat_[A-Za-z0-9_-]{20,}'),
  token('a Vault token', 'hv[sbr]\\.[A-Za-z0-9_-]{20,}'),
  token('a Grafana token', 'gls[ac]_[A-Za-z0-9_]{32,}|glc_[A-Za-z0-9+/=]{32,}'),
  token('a Stripe key', '[sr]k_live_[A-Za-z0-9]{20,}|whsec_[A-Za-z0-9+/]{24,}'),
  token('a SendGrid key', 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{32,}'),
  token('an API key of a language model', 'sk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32,}|hf_[A-Za-z]{30,}'),
  token('a DigitalOcean token', 'do[opr]_v1_[a-f0-9]{60,}'),
  token('a Shopify token', 'shp(?:at|ca|pa|ss)_[a-f0-9]{30,}'),
  token('a Dynatrace token', 'dt0c01\\.[A-Z0-9]{20,}\\.[A-Z0-9]{50,}'),
  token('an Atlassian token', 'ATATT3[A-Za-z0-9_=-]{40,}'),
  token('a Telegram token', '\\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])'),
  {
    why: 'a URL with a password in it',
    pattern: /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@?#]*:([^\s/@?#]+)@[^\s/]/gi,
    isSecret: ([, password = '']) => !isHarmless(password),
  },
  {
    why: 'a URL with a token in it',
    pattern: /[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/:@?#]{8,}):?@[^\s/]/gi,
    isSecret: ([, user = '']) => !isHarmless(user) && (isRandom(user, 8) || /^(?=.*\d)\w{20,}$|^(gh[pousr]_|github_pat_|gl[a-z]{2,5}-)/.test(user)),
  },
  {
    why: 'an address of a database with a password in it',
    pattern: /:([^\s:@]{1,200})@(?:tcp6?|unix|cloudsql)\(/g,
    isSecret: ([, password = '']) => !isHarmless(password),
  },
  {
    why: 'credentials in a header',
    pattern: /\bauthorization["']?\s*[:=]\s*["']?(?:(basic|bearer|token|apikey|digest)\s+)?([A-Za-z0-9._~+/=-]{6,})/gi,
    isSecret: ([, scheme, text = '']) => isCredential(scheme, text),
  },
  {
    why: 'credentials in a header',
    pattern: /(?<![A-Za-z0-9])(basic|bearer)\s+([A-Za-z0-9._~+/=-]{8,})/gi,
    // Words of a sentence follow as well.
    isSecret: ([, scheme = '', text = '']) => (/^basic$/i.test(scheme) ? isUserAndPassword(text) : isRandom(text)),
  },
  {
    why: 'a line of a .pgpass',
    pattern: /^(?=[^:\s]*[a-z.*])[\w.*-]{1,253}:(?:\d{2,5}|\*):[^\s:]{1,63}:[^\s:]{1,63}:([^\s:]{3,})$/gim,
    isSecret: ([, password = '']) => !isHarmless(password),
  },
  {
    why: 'credentials of a registry',
    pattern: /"(?:auth|password|identitytoken|registrytoken)"\s{0,8}:\s{0,8}"([^"]+)"/g,
    isSecret: ({ 1: text = '', input }) => input.includes('"auths"') && !isHarmless(text),
  },
];

/** One look at a text, for nearly none is worth a second. */
const hint =
  /PRIVATE KEY|PuTTY-|LS0tLS1CRUdJTi|AGE-SECRET|gh[pousr]_|github_pat_|gl(?:pat|ptt|rt|dt|cbt|ft|agent|oas|soat)-|gls[ac]_|glc_|xox[abeoprs]-|xapp-|hooks\.slack|\/webhook|AKIA|ASIA|\beyJ|AIza|GOCSPX-|ya29\.|npm_|pypi-|dckr_|hv[sbr]\.|k_live_|whsec_|SG\.|\bsk-|\bhf_|do[opr]_v1|shp(?:at|ca|pa|ss)_|dt0c01|ATATT3|:AA|:\/\/[^\s/@]*@|@(?:tcp6?|unix|cloudsql)\(|authorization|basic\s|bearer\s|"auths"|:(?:\d{2,5}|\*):[^\s:]+:[^\s:]+:/i;

/** What a text is, or holds, whatever it is called. */
export function shapeOf(text: string): string | undefined {
  if (text.length < 8 || !hint.test(text)) return undefined;
  // A placeholder may stand before what is none.
  return shapes.find(({ pattern, isSecret = () => true }) => [...text.matchAll(pattern)].some(isSecret))?.why;
}

/** Whether what an `Authorization` header says is a secret: the name of its scheme alone is none. */
export function isCredential(scheme: string | undefined, text: string): boolean {
  if (isHarmless(text) || /^(basic|bearer|token|digest|negotiate|header)$/i.test(text)) return false;
  if (scheme === undefined) return isRandom(text);
  return /^basic$/i.test(scheme) ? isUserAndPassword(text) || isRandom(text) : !/^(x-)?[a-z]*[-_ ]?(token|jwt|key)$/i.test(text);
}

function isUserAndPassword(text: string): boolean {
  const pair = Buffer.from(text, 'base64').toString('latin1');
  return /^[\x21-\x7e]*:[\x20-\x7e]+$/.test(pair) && !isHarmless(pair.slice(pair.indexOf(':') + 1));
}
