import { useMemo, useState } from 'preact/hooks';
import type { BoardChange } from '../../board';
import { targetsText } from '../model/search';
import { filterHistory, nameOf, peopleOf, type ShownCommit } from '../model/timeline';
import { Go, go, useShown } from '../parts/context';
import { CommitLink } from '../parts/outside';
import { AppPick, NodeList, NodePick, Pick, TextPick } from '../parts/picks';
import { DateTime } from '../parts/time';

/** So many commits are drawn before somebody asks for more. */
const page = 50;

/** The last changes: who, when, what and how far. */
export function HistoryView() {
  const { fleet, place } = useShown();
  const { app, at, by, q } = place;
  const commits = useMemo(() => filterHistory(fleet, { app, at, by, q }), [fleet, app, at, by, q]);
  const people = useMemo(() => [...new Set(fleet.board.history.flatMap(peopleOf))].sort(), [fleet]);
  const [shown, setShown] = useState(page);
  return (
    <>
      <h1 tabIndex={-1}>History</h1>
      <div class="tools">
        <AppPick label="App" value={app ?? ''} none="all apps" onPick={(picked) => go({ ...place, app: picked })} />
        <NodePick label="Node" value={at ?? ''} onPick={(picked) => go({ ...place, at: picked })} />
        <Pick label="Person" value={by ?? ''} none="everybody" options={people} onPick={(picked) => go({ ...place, by: picked })} />
        <TextPick label="Text" value={q ?? ''} onPick={(picked) => go({ ...place, q: picked }, true)} />
        <p role="status">
          {commits.length} of {fleet.board.history.length} {fleet.board.history.length === 1 ? 'commit' : 'commits'}
        </p>
      </div>
      <NodeList />
      {byDay(commits.slice(0, shown)).map(([day, those]) => (
        <section key={day} class="day">
          <h2>{day}</h2>
          <ol class="timeline">
            {those.map((one) => (
              <Commit key={one.commit.hash} {...one} />
            ))}
          </ol>
        </section>
      ))}
      {commits.length > shown && (
        <button type="button" class="button" onClick={() => setShown(shown + page)}>
          {commits.length - shown} older commits
        </button>
      )}
    </>
  );
}

function byDay(commits: readonly ShownCommit[]): readonly (readonly [string, readonly ShownCommit[]])[] {
  const days = new Map<string, ShownCommit[]>();
  for (const one of commits) {
    const day = one.commit.date.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}

function Commit({ commit, changes }: ShownCommit) {
  const hidden = commit.changes.length - changes.length;
  return (
    <li class="commit">
      <header>
        <DateTime of={commit.date} isTimeOnly />
        <h3>{commit.subject}</h3>
        <span class="muted">{nameOf(commit.author)}</span>
        <CommitLink hash={commit.hash} />
      </header>
      {commit.approvals.map((approval) => (
        <p key={approval} class="muted">
          {approval}
        </p>
      ))}
      {changes.length > 0 && (
        <ul class="changes">
          {changes.map((change, index) => (
            <Change key={index} change={change} />
          ))}
        </ul>
      )}
      {hidden > 0 && <p class="muted">{hidden} more that the filter leaves out</p>}
      {commit.more !== undefined && commit.more > 0 && <p class="muted">and {commit.more} more</p>}
    </li>
  );
}

const signs: Readonly<Record<BoardChange['sign'], string>> = { '+': 'added', '-': 'removed', ' ': 'changed' };

function Change({ change }: { readonly change: BoardChange }) {
  const { fleet } = useShown();
  const app = fleet.tryFindApp(change.app, change.clusterType);
  return (
    <li class={`change ${signs[change.sign]}`}>
      <b aria-hidden="true">{change.sign === ' ' ? '~' : change.sign}</b>
      <span class="hidden">{signs[change.sign]}: </span>
      {change.app !== undefined &&
        (app === undefined ? (
          <span class="app">{change.app}</span>
        ) : (
          <Go class="app" to={{ app: fleet.appKey(app) }}>
            {change.app}
          </Go>
        ))}
      <span class="value">{change.text}</span>
      <span class="muted">{change.where}</span>
      {!/\d targets?\b/.test(change.where) && <span class="count">{targetsText(change.targets)}</span>}
    </li>
  );
}
