import { useMemo } from 'preact/hooks';
import { entriesOf, search } from '../model/search';
import { Go, useShown } from '../parts/context';

/** What a text is found in, by kind. */
export function SearchView() {
  const { fleet, place } = useShown();
  const entries = useMemo(() => entriesOf(fleet), [fleet]);
  const found = useMemo(() => search(entries, place.q ?? ''), [entries, place.q]);
  const all = found.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <h1 tabIndex={-1}>Search</h1>
      <p role="status">
        {all === 0
          ? 'Nothing is'
          : `${all.toLocaleString('en')} found: ${found.map(({ kind, count }) => `${count.toLocaleString('en')} ${kind.toLowerCase()}`).join(', ')}`}
        {all === 0 && ` found that has “${place.q}” in it.`}
      </p>
      {found.map(({ kind, count, entries: those }) => (
        <section key={kind} class="found">
          <h2>{kind}</h2>
          <ul>
            {those.map((entry, index) => (
              <li key={index}>
                <Go to={entry.place}>{entry.text.length > 160 ? `${entry.text.slice(0, 160)} …` : entry.text}</Go>
                <span class="muted">{entry.note}</span>
              </li>
            ))}
          </ul>
          {count > those.length && <p class="muted">and {(count - those.length).toLocaleString('en')} more</p>}
        </section>
      ))}
    </>
  );
}
