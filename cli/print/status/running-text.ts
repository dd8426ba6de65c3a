import { plural } from '../../../layers/text/problem-text';
import { isAsGitHasIt, type RunningApplication } from '../../../rollout/evidence/running';
import type { RunningFleet, RunningTarget, Unasked } from '../../read/evidence/running';
import { firstNames } from '../../read/first-names';
import { aligned, type Row } from '../rows';
import { withoutControls } from '../without-controls';
import { differenceText, specField, standingText } from './running-words';

/** For people: a line for all that is well, and what is not target by target. */
export function runningText(running: RunningFleet | Unasked): string {
  if ('unknown' in running) return `What runs is not known: ${withoutControls(running.unknown)}.`;
  const { of, targets } = running;
  const all = targets.flatMap(({ applications }) => applications);
  const well = all.filter(isAsGitHasIt).length;
  const dark = targets.filter(({ unknown }) => unknown.length > 0).length;
  const lines = targets.flatMap(targetLines);
  const count = `${well === all.length ? '' : `${well} of `}${plural(all.length, 'Application')} of ${plural(targets.length, 'target')}`;
  const verb = (well === all.length ? well : 0) === 1 ? 'runs' : 'run';
  const summary = `${count} ${verb} as Git has ${verb === 'runs' ? 'it' : 'them'} at ${of}${dark === 0 ? '' : `; ${plural(dark, 'target')} ${dark === 1 ? 'is' : 'are'} not known in full`}`;
  return [`${summary}${lines.length === 0 ? '.' : ':'}`, ...lines].join('\n');
}

function targetLines({ clusterType, target, unknown, applications }: RunningTarget): readonly string[] {
  const rows = [...unknown.map((why): Row => ['unknown', withoutControls(why)]), ...applications.filter((one) => !isAsGitHasIt(one)).flatMap(applicationRows)];
  return rows.length === 0 ? [] : [`  ${target}${clusterType === undefined ? '' : ` of ${clusterType}`}`, ...aligned(rows, '    ')];
}

function applicationRows(application: RunningApplication): readonly Row[] {
  const { name, differs, behind } = application;
  const texts = [standingText(application), ...firstNames(differs.map(differenceText)), ...(behind === undefined ? [] : [withoutControls(behind)])];
  return texts.map((text, index): Row => [index === 0 ? withoutControls(name) : '', text]);
}

/** The same for programs. */
export function runningData(running: RunningFleet | Unasked): object {
  if ('unknown' in running) return running;
  const applicationData = ({ differs, ...one }: RunningApplication) => ({
    ...one,
    differs: differs.map((difference) => ({ ...difference, field: specField(difference) })),
  });
  return { ...running, targets: running.targets.map((target) => ({ ...target, applications: target.applications.map(applicationData) })) };
}
