import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Fleet } from '../model/fleet';
import { type Place, placeOf, type View } from '../model/place';
import { Go, ShownContext } from '../parts/context';
import { SearchField } from '../parts/search-field';
import { DifferencesView } from './differences';
import { FleetView } from './fleet/fleet';
import { Footer } from './footer';
import { HistoryView } from './history';
import { LiveView } from './live';
import { RolloutsView } from './rollouts';
import { SearchView } from './search';
import { TargetView } from './target';

const shownBy: Readonly<Record<View, ComponentType>> = {
  fleet: FleetView,
  rollouts: RolloutsView,
  history: HistoryView,
  differences: DifferencesView,
  target: TargetView,
  search: SearchView,
  live: LiveView,
};

const tabs: readonly (readonly [View, string])[] = [
  ['fleet', 'Fleet'],
  ['rollouts', 'Rollouts'],
  ['history', 'History'],
  ['differences', 'Differences'],
];

const liveTab: (typeof tabs)[number] = ['live', 'What runs'];

export function App({ fleet }: { readonly fleet: Fleet }) {
  const place = useAddress();
  const main = useRef<HTMLElement>(null);
  useFocus(place);
  const view = place.view ?? 'fleet';
  const Shown = shownBy[view];
  return (
    <ShownContext.Provider value={{ fleet, place }}>
      <header class="top">
        <button type="button" class="skip" onClick={() => main.current?.focus()}>
          Skip to the content
        </button>
        <Go to={{}} class="brand">
          Fleet board
        </Go>
        <span class="of">{fleet.board.of}</span>
        <nav aria-label="Views">
          {[...tabs, ...(fleet.board.live === undefined ? [] : [liveTab])].map(([tab, text]) => (
            <Go key={tab} to={{ view: tab }} isCurrent={tab === view}>
              {text}
              {tab === 'rollouts' && fleet.board.rollouts.length > 0 && <small> {fleet.board.rollouts.length}</small>}
            </Go>
          ))}
        </nav>
        <SearchField />
      </header>
      <main ref={main} tabIndex={-1}>
        <Shown />
      </main>
      <Footer />
    </ShownContext.Provider>
  );
}

function useAddress(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const read = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return place;
}

/** Whoever goes to another view, or whose link is gone with what it stood in, goes on at the heading of what is there now. */
function useFocus(place: Place): void {
  const before = useRef<Place | undefined>(undefined);
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    document.title = `${heading?.textContent ?? ''} · Fleet board`;
    const [last, focused] = [before.current, document.activeElement];
    before.current = place;
    if (last === undefined || last === place) return;
    const isElsewhere = last.view !== place.view || last.target !== place.target;
    const isTyping = focused instanceof HTMLInputElement;
    if ((isElsewhere && !isTyping) || focused === null || focused === document.body) {
      heading?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [place]);
}
