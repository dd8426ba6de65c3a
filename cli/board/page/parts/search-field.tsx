import { useEffect, useRef } from 'preact/hooks';
import { placeOf } from '../model/place';
import { go, useShown } from './context';

/** Searches while somebody types; where one was before is one step back. */
export function SearchField() {
  const { place } = useShown();
  const input = useRef<HTMLInputElement>(null);
  const isFromHere = useRef(false);
  const isSearching = place.view === 'search';
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', jump);
    return () => removeEventListener('keydown', jump);
  }, []);
  const leave = () => {
    if (!isSearchingNow()) return;
    // Whoever came by a link to a search has nothing of ours behind it.
    if (isFromHere.current) history.back();
    else go({}, true);
  };
  const type = (text: string) => {
    if (text === '') return leave();
    const isGoingOn = isSearchingNow();
    if (!isGoingOn) isFromHere.current = true;
    go({ view: 'search', q: text }, isGoingOn);
  };
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>('.found a')?.focus();
      }}
    >
      <label>
        <span class="hidden">Search apps, nodes, fields, values, patches and people</span>
        <input
          ref={input}
          type="search"
          placeholder="Search"
          value={isSearching ? (place.q ?? '') : ''}
          aria-keyshortcuts="/"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            leave();
          }}
        />
      </label>
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

/** By the address, which is ahead of what is drawn: keys may come faster than that, and each would be a step back of its own. */
function isSearchingNow(): boolean {
  return placeOf(location.hash).view === 'search';
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]), select, textarea') !== null;
}
