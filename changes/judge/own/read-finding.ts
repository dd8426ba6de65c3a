import { everywhere, pathsTo } from '../../../layers/hierarchy';
import type { RuleFinding } from '../../../layers/law/own-rule';
import { describe, isMap } from '../../../layers/plain-data';
import { nearest, suggestion } from '../../../layers/text/nearest';
import type { JudgedChange } from '../rule';

/** Why what a rule told is no finding. */
export interface NoFinding {
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

const texts = ['message', 'app', 'path', 'expected', 'found', 'hint'] as const;
const known: readonly string[] = [...texts, 'targets', 'severity'];

/** What a rule of a fleet's own told, or why it is no finding. What is undefined is not there. */
export function readFinding(told: unknown, change: JudgedChange): RuleFinding | { readonly wrong: NoFinding } {
  const wrong = faultOf(told, change);
  if (wrong) return { wrong };
  return Object.fromEntries(Object.entries(told as object).filter(([, value]) => value !== undefined)) as unknown as RuleFinding;
}

function faultOf(told: unknown, change: JudgedChange): NoFinding | undefined {
  if (!isMap(told)) return { message: 'what it yields is no finding', expected: '{ message, app?, path?, targets?, … }', found: describe(told) };
  const { message, app, path, targets, severity } = told;
  const stray = Object.keys(told).find((key) => !known.includes(key) && told[key] !== undefined);
  if (stray !== undefined) {
    const near = nearest(stray, known);
    return { message: `a finding has no '${stray}'`, expected: known.join(', '), ...(near === undefined ? {} : { hint: `did you mean '${near}'?` }) };
  }
  if (typeof message !== 'string' || message.trim() === '')
    return { message: 'a finding says nothing', expected: 'a `message`: what is wrong, in a sentence', found: describe(message) };
  const noText = texts.find((key) => told[key] !== undefined && typeof told[key] !== 'string');
  if (noText !== undefined) return { message: `'${noText}' of a finding cannot be read`, expected: 'a text', found: describe(told[noText]) };
  if (severity !== undefined && severity !== 'error' && severity !== 'warning')
    return { message: "'severity' of a finding cannot be read", expected: "'error' or 'warning'", found: describe(severity) };
  return appFault(app, change) ?? pathFault(path, change) ?? targetsFault(targets, change);
}

function appFault(app: unknown, { before, after, sides }: JudgedChange): NoFinding | undefined {
  if (typeof app !== 'string') return undefined;
  const [clusterType = '', name = '', ...others] = app.split('/');
  const isKnown = [sides.before, sides.after].some((side) => side.isKnown({ clusterType, app: name }));
  if (isKnown && others.length === 0) return undefined;
  const apps = new Set([before, after].flatMap(({ records }) => records.map((record) => `${record.clusterType}/${record.app}`)));
  return unknown(`a finding is of the app '${app}', which does not exist`, "'CLUSTER-TYPE/APP'", suggestion(app, apps, 'apps'));
}

function pathFault(path: unknown, change: JudgedChange): NoFinding | undefined {
  if (typeof path !== 'string' || path === everywhere) return undefined;
  const paths = new Set(targetsOf(change).flatMap(pathsTo));
  if (paths.has(path)) return undefined;
  return unknown(`a finding is of the dimension path '${path}', which does not exist`, "a dimension path, or '*'", suggestion(path, paths, 'paths'));
}

function targetsFault(targets: unknown, change: JudgedChange): NoFinding | undefined {
  if (targets === undefined) return undefined;
  if (!Array.isArray(targets)) return { message: "'targets' of a finding cannot be read", expected: 'a list of targets', found: describe(targets) };
  const all = new Set(targetsOf(change));
  const stray = (targets as readonly unknown[]).find((target) => typeof target !== 'string' || !all.has(target));
  if (stray === undefined && targets.length > 0) return undefined;
  if (typeof stray === 'string')
    return unknown(`a finding is of the target '${stray}', which does not exist`, 'targets of the change', suggestion(stray, all, 'targets'));
  return { message: "'targets' of a finding cannot be read", expected: 'a list of targets', found: targets.length === 0 ? 'an empty list' : describe(stray) };
}

function targetsOf({ before, after }: JudgedChange): readonly string[] {
  return [...before.fleet.sequence, ...after.fleet.sequence];
}

function unknown(message: string, expected: string, hint: string | undefined): NoFinding {
  return { message, expected, ...(hint === undefined ? {} : { hint }) };
}
