import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Fleet } from '../model/fleet';
import { hashOf, type Place } from '../model/place';

interface Shown {
  readonly fleet: Fleet;
  readonly place: Place;
}

export const ShownContext = createContext<Shown | undefined>(undefined);

export function useShown(): Shown {
  const shown = useContext(ShownContext);
  if (shown === undefined) throw new Error('nothing is shown');
  return shown;
}

/** @param isReplaced whether the back button leads past where one is now: while somebody types */
export function go(place: Place, isReplaced = false): void {
  const hash = hashOf(place);
  if (!isReplaced) location.hash = hash;
  else {
    history.replaceState(undefined, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

interface GoProps {
  readonly to: Place;
  readonly class?: string | undefined;
  readonly isCurrent?: boolean;
  readonly children?: ComponentChildren;
}

/** A link to another place of the page. */
export function Go({ to, isCurrent, children, ...rest }: GoProps) {
  return (
    <a href={hashOf(to)} aria-current={isCurrent ? 'page' : undefined} {...rest}>
      {children}
    </a>
  );
}
