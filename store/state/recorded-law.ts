import type { Freeze } from '../../layers/hierarchy';
import type { Budget, Exemption, Law, NodeLaw } from '../../layers/law/law';
import { type Wave, wrongWaves } from '../../layers/law/waves';
import { isMap } from '../../layers/plain-data';
import { tryReadDate } from '../../layers/text/date';
import { parseDuration } from '../../layers/text/duration';

/**
 * What a record says that the nodes of a fleet demand. What is missing in it, or is something else, demands and allows nothing: a
 * merge may have gone wrong there.
 *
 * @returns `undefined` where nobody recorded it
 */
export function recordedLaw(law: unknown): Law | undefined {
  if (!isMap(law)) return undefined;
  const [level, first] = [textOf(law.level), textOf(law.first)];
  return {
    ...(level === undefined ? {} : { level }),
    ...(first === undefined ? {} : { first }),
    ...wavesIn(law.waves),
    nodes: mapsIn(law.nodes).flatMap(nodeOf),
    exemptions: mapsIn(law.exemptions).flatMap(exemptionOf),
  };
}

type Unread = Readonly<Record<string, unknown>>;

function nodeOf({ path, promotion, soak, approvers, freeze, budget, waves, evidence }: Unread): readonly NodeLaw[] {
  if (typeof path !== 'string') return [];
  const time = typeof soak === 'string' ? parseDuration(soak) : undefined;
  const [asked, proving] = [textsIn(approvers), textsIn(evidence)];
  const held = freezeOf(freeze);
  const counts = budgetOf(budget);
  return [
    {
      path,
      ...(promotion === 'manual' || promotion === 'automated' ? { promotion } : {}),
      ...(time === undefined ? {} : { soak: time }),
      ...(asked.length === 0 ? {} : { approvers: asked }),
      ...(held === undefined ? {} : { freeze: held }),
      ...(counts === undefined ? {} : { budget: counts }),
      ...wavesIn(waves),
      ...(proving.length === 0 ? {} : { evidence: proving }),
    },
  ];
}

/** As they are written on a line: `1, 10%, rest`. */
function wavesIn(text: unknown): Pick<NodeLaw, 'waves'> {
  // One alone may be read as a number.
  const waves = typeof text === 'string' || typeof text === 'number' ? `${text}`.split(', ').map((one) => (/^\d+$/.test(one) ? Number(one) : one)) : undefined;
  return waves === undefined || wrongWaves(waves) !== undefined ? {} : { waves: waves as readonly Wave[] };
}

/** An end that nobody can read is none: the freeze holds until somebody takes it out. */
function freezeOf(freeze: unknown): Freeze | undefined {
  if (!isMap(freeze) || typeof freeze.reason !== 'string') return undefined;
  const until = textOf(freeze.until);
  const ends = until === undefined ? undefined : tryReadDate(until, 'end', 'UTC');
  return { reason: freeze.reason, ...(until === undefined ? {} : { until }), ...(ends === undefined ? {} : { ends }) };
}

function budgetOf(budget: unknown): Budget | undefined {
  if (!isMap(budget)) return undefined;
  const counts = Object.entries(budget).filter((pair): pair is [string, number] => Number.isSafeInteger(pair[1]) && (pair[1] as number) > 0);
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}

/** One that is not whole, or without a day that anybody can read, allows nothing. */
function exemptionOf(exemption: Unread): readonly Exemption[] {
  const [rule, app, path, reason, owner, until] = ['rule', 'app', 'path', 'reason', 'owner', 'until'].map((key) => textOf(exemption[key]));
  if (rule === undefined || app === undefined || path === undefined || reason === undefined || owner === undefined || until === undefined) return [];
  return tryReadDate(until, 'end', 'UTC') === undefined ? [] : [{ rule, app, path, reason, owner, until }];
}

function mapsIn(list: unknown): readonly Unread[] {
  return Array.isArray(list) ? list.filter(isMap) : [];
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
