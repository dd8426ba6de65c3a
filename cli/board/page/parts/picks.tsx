import type { BoardApp } from '../../board';
import type { Fleet } from '../model/fleet';
import { useShown } from './context';

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly onPick: (value: string) => void;
}

/** Chooses an app of all, by cluster type. */
export function AppPick({ label, value, onPick, none }: PickProps & { readonly none: string }) {
  const { fleet } = useShown();
  return (
    <label class="pick">
      <span>{label}</span>
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{none}</option>
        {fleet.board.clusterTypes.map((type, index) => (
          <optgroup key={type.name} label={type.name}>
            {appsOfType(fleet, index).map((app) => (
              <option key={app.name} value={fleet.appKey(app)}>
                {app.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function appsOfType(fleet: Fleet, type: number): readonly BoardApp[] {
  return fleet.board.apps.filter((app) => app.clusterType === type);
}

/** Chooses one of several texts. */
export function Pick({ label, value, onPick, options, none }: PickProps & { readonly options: readonly string[]; readonly none?: string }) {
  return (
    <label class="pick">
      <span>{label}</span>
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A text, taken up when it is finished: a node by its path, with all of them to choose from. */
export function NodePick({ label, value, onPick }: PickProps) {
  const { fleet } = useShown();
  const isKnown = value === '' || fleet.tryFindNode(value) !== undefined;
  return (
    <label class="pick">
      <span>{label}</span>
      <input
        type="text"
        list="nodes"
        value={value}
        placeholder="a path"
        aria-invalid={!isKnown}
        autocomplete="off"
        spellcheck={false}
        onChange={(event) => onPick(event.currentTarget.value.trim())}
      />
      {!isKnown && <em class="wrong">no node is called so</em>}
    </label>
  );
}

/** What node inputs choose from; once for all of a view. */
export function NodeList() {
  const { fleet } = useShown();
  return (
    <datalist id="nodes">
      {fleet.paths.map((path) => (
        <option key={path} value={path} />
      ))}
    </datalist>
  );
}

/** A text that narrows what is shown while it is typed. */
export function TextPick({ label, value, onPick }: PickProps) {
  return (
    <label class="pick">
      <span>{label}</span>
      <input type="search" value={value} spellcheck={false} onInput={(event) => onPick(event.currentTarget.value)} />
    </label>
  );
}

/** Says of an address that it names a node that is not there: then all are shown. */
export function Unknown({ node }: { readonly node: string | undefined }) {
  const { fleet } = useShown();
  if (node === undefined || fleet.tryFindNode(node) !== undefined) return null;
  return <p class="wrong">No node is called {node}: all are shown.</p>;
}
