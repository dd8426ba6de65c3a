import { plural } from '../../../layers/text/problem-text';
import type { Comparison } from '../../write/wrapper/compare-wrapper';
import { isSame, type Placed, type WrapperMigration } from '../../write/wrapper/migrate-wrapper';
import { takeoverPlan } from './takeover-plan';

/** At most so many differences are shown; `--json` has them all. */
const shown = 20;

/** The migration of a wrapper layout in words, line by line. */
export function wrapperReport(migration: WrapperMigration): readonly string[] {
  const { to, reading, unsaid, types } = migration;
  const { files } = reading.config;
  const { repository } = reading.fleet.membership;
  return [
    `${to.replace(/\/*$/, '/')}: ${plural(files.length, 'file')} written`,
    ...(unsaid.length > 0 ? ['', `${plural(unsaid.length, 'thing')} of the old layout could not be said:`, ...unsaid.flatMap(unsaidLines)] : []),
    ...(reading.unread.length > 0
      ? ['', `${plural(reading.unread.length, 'file')} of it that no cluster reads:`, ...reading.unread.map((file) => `  ${file}`)]
      : []),
    ...(reading.unused.length > 0 ? ['', `${plural(reading.unused.length, 'component')} that no cluster gets, left out: ${reading.unused.join(', ')}`] : []),
    ...(repository === '' ? ['', 'Neither the layout nor Git tells the URL of the repository: write it into fleet.ts, as `repository`.'] : []),
    '',
    types === undefined ? 'types: not checked, TypeScript is not installed' : types === '' ? 'types: no mistake' : `types:\n${types.replace(/^/gm, '  ')}\n`,
    ...comparedLines(migration),
    ...(migration.comparison ? notCompared(migration) : []).map((one) => `not compared: ${one}`),
    ...takeoverPlan(migration),
  ];
}

/** What nobody has looked at: it is taken to be as the keys of the values say. */
export function notCompared({ comparison }: WrapperMigration): readonly string[] {
  return comparison
    ? ['what the templates of the wrapper chart make of all this; the dry run of the plan shows it']
    : ['everything, for the new files have mistakes'];
}

function unsaidLines({ file, line, column, text, reason }: WrapperMigration['unsaid'][number]): readonly string[] {
  return [`  ${at({ file, line, column })}`, ...(text === undefined ? [] : [`    ${text.trim().split('\n')[0]}`]), `    ${reason}`];
}

function at({ file, line, column }: Placed<{ readonly file: string }>): string {
  return [file, ...(line === undefined ? [] : [line]), ...(column === undefined ? [] : [column])].join(':');
}

function comparedLines({ comparison, differing, reading }: WrapperMigration): readonly string[] {
  if (!comparison) return ['compared: not, the new files have the mistakes above'];
  const { components, missing, extra } = comparison;
  const what = `${plural(reading.fleet.membership.members.length, 'cluster')}, ${plural(components, 'component')} of clusters`;
  const labels = relabelledLines(comparison);
  if (isSame(comparison)) return [`compared: ${what}, identical`, ...labels];
  const texts = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return [
    `compared: ${what}, ${differing.length + missing.length + extra.length} different`,
    ...differing
      .slice(0, shown)
      .flatMap((one) => [
        `  ${at(one)}`,
        `    ${one.cluster} ${one.component} ${one.field}`,
        `    before ${texts(one.before)}`,
        `    after  ${texts(one.after)}`,
      ]),
    ...(differing.length > shown ? [`  … and ${differing.length - shown} more (--json lists all)`] : []),
    ...missing.map((one) => `  missing  ${one}`),
    ...extra.map((one) => `  extra    ${one}`),
    ...labels,
  ];
}

/** Labels by which ApplicationSets choose say what they say here: nobody else should go by them. */
function relabelledLines({ relabelled }: Comparison): readonly string[] {
  if (relabelled.length === 0) return [];
  const all = [...new Set(relabelled.map(({ label, before, after }) => `${label} '${before}' → '${after}'`))];
  const more = all.length > shown ? [`  … and ${all.length - shown} more (--json lists all)`] : [];
  return [
    `${plural(all.length, 'label')} of cluster secrets by which ApplicationSets choose, said otherwise here:`,
    ...all.slice(0, shown).map((one) => `  ${one}`),
    ...more,
  ];
}
