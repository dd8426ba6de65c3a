import type { Problem } from '../../../layers/problem';
import { type DebtCode, silenceHint } from '../../../layers/silenced';
import { judgeRemark } from '../../argocd/judge-remark';
import type { LayeredApp } from '../../tree/layered-app';

/** Something that works and should not stay, which the app may say is meant so. @param key what it is called by */
export function debtProblem(
  app: LayeredApp,
  code: DebtCode,
  key: string,
  { message, found, hint, expected, ...place }: Pick<Problem, 'message' | 'expected' | 'found' | 'hint' | 'file' | 'place' | 'target' | 'targets'>,
): Problem {
  const judged = judgeRemark(app, { code, severity: 'warning', message, expected, found, path: [], key, hint: silenceHint(code, key, hint) });
  return { ...judged, app: app.name, ...place };
}
