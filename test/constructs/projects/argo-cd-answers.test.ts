import { SpecAt } from '../../../constructs/argocd/application-specs';
import { cronFault, goDuration } from '../../../constructs/argocd/projects/cron';
import { refusals } from '../../../constructs/argocd/projects/permissions';
import type { Manifest } from '../../../layers/output';

/** What Argo CD answered: its own functions, of version 3.1.0 with what 3.6.1 changed in `isDestinationMatched`, were asked once. */
const answers = require('./argo-cd-answers.json') as {
  readonly sources: readonly (readonly [readonly string[], string, boolean])[];
  readonly destinations: readonly (readonly [readonly object[], { readonly name: string; readonly server: string; readonly namespace: string }, boolean])[];
  readonly schedules: readonly (readonly [string, boolean])[];
  readonly durations: readonly (readonly [string, boolean])[];
};

/** Whether a project allows what an Application says. */
function allows(project: object, application: object): boolean {
  const manifest = (kind: string, spec: object) => ({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name: 'x' }, spec }) as unknown as Manifest;
  return (
    refusals(manifest('AppProject', project), new SpecAt(application as never, ['spec'], 'application'), manifest('Application', application)).length === 0
  );
}

test('a repository is allowed where Argo CD allows it', () => {
  expect(answers.sources.length).toBeGreaterThan(200);
  for (const [sourceRepos, repoURL, isAllowed] of answers.sources) {
    expect({ sourceRepos, repoURL, isAllowed: allows({ sourceRepos }, { source: { repoURL } }) }).toEqual({ sourceRepos, repoURL, isAllowed });
  }
});

test('a destination is allowed where Argo CD allows it', () => {
  for (const [destinations, destination, isAllowed] of answers.destinations) {
    expect({ destinations, destination, isAllowed: allows({ destinations }, { destination }) }).toEqual({ destinations, destination, isAllowed });
  }
});

test('a destination of which the name or the server is not known is never refused where Argo CD may allow it', () => {
  for (const [destinations, { name, server, namespace }, isAllowed] of answers.destinations) {
    if (!isAllowed) continue;
    for (const destination of [
      { name, namespace },
      { server, namespace },
      { name: '{{.name}}', namespace },
    ]) {
      expect({ destinations, destination, isAllowed: allows({ destinations }, { destination }) }).toEqual({ destinations, destination, isAllowed });
    }
  }
});

test('a schedule and a duration are read as Argo CD reads them', () => {
  // To Argo CD the first is no minute at all and never comes, and in the other it takes the star alone.
  const senseless = [', * * * *', '*-5 * * * *'];
  for (const [schedule, isRead] of answers.schedules) {
    expect({ schedule, isRead: cronFault(schedule) === undefined }).toEqual({ schedule, isRead: isRead && !senseless.includes(schedule) });
  }
  for (const [duration, isRead] of answers.durations) expect({ duration, isRead: goDuration(duration) !== undefined }).toEqual({ duration, isRead });
});
