import type { OutputFile } from '../../../layers/output';
import { originText, requiredValue } from '../../../layers/text/helm-text';
import { encodeToken, type Token, tokenName } from '../../../layers/text/token';
import type { Check } from './trials';

/** What the value of a token must not hold, because a chart that is told it does not keep it. */
export interface TokenCheck {
  readonly token: Token;
  readonly check: Check;
}

const header =
  '{{- /* Rendered by cdk8s-fleet: what the charts would not keep of a value of the cluster. Change the configuration and run `npx fleet synth`. */ -}}';

/** What Helm checks at deploy time, before anything is applied: a template that prints nothing. */
export function checksFile(folder: string, checks: readonly TokenCheck[]): readonly OutputFile[] {
  if (checks.length === 0) return [];
  const lines = new Map(checks.map((one) => [`${encodeToken(one.token)} ${one.check.pattern}`, one]));
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => lineOf(one));
  return [{ kind: 'note', path: `${folder}/templates/checks.tpl`, text: `${[header, ...sorted].join('\n')}\n` }];
}

function lineOf({ token, check: { pattern, words } }: TokenCheck): string {
  const message = `${tokenName(token)} must not ${words}, which the chart does not keep as it is: ${originText(token.origin)}`;
  return `{{- if mustRegexMatch \`${pattern}\` (${requiredValue(token)}) }}{{ fail ${JSON.stringify(message)} }}{{ end }}`;
}
