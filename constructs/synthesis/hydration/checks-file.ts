import { getOr } from '../../../layers/get-or';
import type { OutputFile } from '../../../layers/output';
import { compare } from '../../../layers/problem';
import { originText, requiredValue } from '../../../layers/text/helm-text';
import { encodeToken, type Token, tokenName } from '../../../layers/text/token';
import type { Check } from './trials';

/** What the value of a token must not hold, because a chart that is told it does not keep it. */
export interface TokenCheck {
  readonly token: Token;
  /** @default - it must be there: no object holds it, and a chart may ask whether it is empty */
  readonly check?: Check;
}

const header =
  '{{- /* Rendered by cdk8s-fleet: what the charts would not keep of a value of the cluster. Change the configuration and run `npx fleet synth`. */ -}}';

/** What Helm checks at deploy time, before anything is applied: a template that prints nothing. */
export function checksFile(folder: string, checks: readonly TokenCheck[]): readonly OutputFile[] {
  if (checks.length === 0) return [];
  const byToken = new Map<string, { readonly token: Token; readonly checks: Set<Check> }>();
  for (const { token, check } of checks) {
    const one = getOr(byToken, encodeToken(token), () => ({ token, checks: new Set() }));
    if (check) one.checks.add(check);
  }
  const lines = [...byToken.values()].sort((a, b) => compare(tokenName(a.token), tokenName(b.token))).flatMap((one) => linesOf(one.token, [...one.checks]));
  return [{ kind: 'note', path: `${folder}/templates/checks.tpl`, text: `${[header, ...lines].join('\n')}\n` }];
}

function linesOf(token: Token, checks: readonly Check[]): readonly string[] {
  const asked = checks
    .filter(({ within }) => within === undefined || !checks.includes(within))
    .map(({ pattern, words }) => {
      const message = `${tokenName(token)} must not ${words}, which the chart does not keep as it is: ${originText(token.origin)}`;
      return `{{- if mustRegexMatch \`${pattern}\` . }}{{ fail ${JSON.stringify(message)} }}{{ end }}`;
    });
  return [`{{- with ${requiredValue(token)} }}`, ...asked.sort(compare), '{{- end }}'];
}
