import { apps, problemsOf } from '../../builders/fleet-builder';

type Fields = Readonly<Record<string, unknown>>;

const window = (fields: Fields = {}) => ({ kind: 'allow', schedule: '0 22 * * *', duration: '8h', applications: ['*'], ...fields });
const problems = (fields: Fields) =>
  problemsOf(apps({ team: { kind: 'AppProject', ...fields } })).map(({ message, place = [], hint }) => [place.join('.'), message, hint]);
const ofWindow = (fields: Fields) => problems({ syncWindows: { nights: window(fields) } });

describe('a sync window', () => {
  test('is right with what Argo CD reads', () => {
    for (const fields of [
      {},
      { schedule: '*/5 0-6,22 ? jan-jun MON' },
      { duration: '1h30m' },
      { timeZone: 'Europe/Berlin' },
      { kind: 'deny', clusters: ['prod-*'] },
    ]) {
      expect(ofWindow(fields)).toEqual([]);
    }
    expect(problems({ syncWindows: [window()] })).toEqual([]);
  });

  test('has a schedule of five fields, each in its bounds', () => {
    const schedule = (text: string) => ofWindow({ schedule: text }).map(([, message, hint]) => [message?.replace(/^.* is no schedule: /, ''), hint]);
    expect(schedule('@daily')).toEqual([['it is a word, and Argo CD reads fields only', 'write `0 0 * * *`']]);
    expect(schedule('0 0 * *')).toEqual([['it has 4 fields and not five', undefined]]);
    expect(schedule('0 0 0 * * *')).toEqual([['it has 6 fields and not five', 'Argo CD knows no seconds: leave the first field out']]);
    expect(schedule('0 24 * * *')).toEqual([["the hour '24' is not between 0 and 23", undefined]]);
    expect(schedule('0 0 * * 7')).toEqual([["the day of the week '7' is not between 0 and 6", 'Sunday is 0']]);
    expect(schedule('0 0 * foo *')).toEqual([
      ["the month 'foo' is no number and none of jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec", undefined],
    ]);
    expect(schedule('0 5-1 * * *')).toEqual([["the hour '5-1' ends before it begins", undefined]]);
    expect(schedule('*/0 * * * *')).toEqual([["the minute '*/0' has no step after the slash", undefined]]);
  });

  test('has a duration that is some time', () => {
    expect(ofWindow({ duration: '1d' })).toEqual([
      ['syncWindows.nights.duration', "'syncWindows.nights.duration' is no duration", 'Argo CD knows no days: write `24h`'],
    ]);
    expect(ofWindow({ duration: '0h' })).toEqual([['syncWindows.nights.duration', "'syncWindows.nights.duration' is no time at all", undefined]]);
  });

  test('says what it is, when, how long and for what', () => {
    expect(problems({ syncWindows: [{}] }).map(([place]) => place)).toEqual([
      'syncWindows.0',
      'syncWindows.0.duration',
      'syncWindows.0.kind',
      'syncWindows.0.schedule',
    ]);
    expect(ofWindow({ applications: [] })).toEqual([
      ['syncWindows.nights', 'the sync window nights is for nothing', "for all that the project has, write `applications: ['*']`"],
    ]);
  });

  test('has a time zone that is known', () => {
    expect(ofWindow({ timeZone: 'Europe/Berln' })).toEqual([
      ['syncWindows.nights.timeZone', "'syncWindows.nights.timeZone' is no time zone that is known: Argo CD would take UTC", "did you mean 'Europe/Berlin'?"],
    ]);
    expect(problemsOf(apps({ team: { kind: 'AppProject', syncWindows: { a: window({ timeZone: '+01:00' }) } } }))).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('a role', () => {
  const ofPolicy = (policy: string) =>
    problems({ roles: { dev: { policies: [policy] } } }).map(([, message, hint]) => [message?.replace(/^.* to Argo CD: /, ''), hint]);

  test('may do what Argo CD knows', () => {
    for (const rest of ['applications, *, team/*, allow', 'logs, get, team/ns/web, deny', 'applications, action/apps/Deployment/restart, team/web-*, allow']) {
      expect(ofPolicy(`p, proj:team:dev, ${rest}`)).toEqual([]);
    }
  });

  test('is told of where its policy says nothing', () => {
    expect(ofPolicy('p, proj:team:dev, applications, sync, team/*')).toEqual([['it has other parts', undefined]]);
    expect(ofPolicy('p, proj:other:dev, applications, sync, team/*, allow')).toEqual([["it is of 'proj:other:dev'", 'write `proj:team:dev`']]);
    expect(ofPolicy('p, proj:team:dev, application, sync, team/*, allow')).toEqual([["a project has no 'application'", "did you mean 'applications'?"]]);
    expect(ofPolicy('p, proj:team:dev, applications, snc, team/*, allow')).toEqual([["'snc' is no action", "did you mean 'sync'?"]]);
    expect(ofPolicy('p, proj:team:dev, applications, sync, */*, allow')).toEqual([
      ["'*/*' is nothing of the project", 'write `team/*`, or `team/APPLICATION`'],
    ]);
    expect(ofPolicy('p, proj:team:dev, applications, sync, team/*, alow')).toEqual([["it ends in 'alow'", "did you mean 'allow'?"]]);
  });

  test('has a name of its own', () => {
    expect(problems({ roles: { 'a b': {} } }).map(([place]) => place)).toEqual(['roles.a b']);
    expect(problems({ roles: [{ name: 'a' }, { name: 'a' }] })).toEqual([['roles.1.name', "the role 'a' stands there twice", 'merge the two, or rename one']]);
  });
});

test('patterns of a project allow or deny something', () => {
  expect(problems({ sourceRepos: ['!*'], destinations: { a: { namespace: 'x' }, b: { name: '*', namespace: '!*' } } }).map(([place]) => place)).toEqual([
    'destinations.a',
    'destinations.b.namespace',
    'sourceRepos.0',
  ]);
});
