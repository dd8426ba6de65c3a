import { useEffect, useState } from 'preact/hooks';
import type { BoardApp } from '../../board';
import { isOtherwise, liveOf, livesAt } from '../model/live';
import { kindOf, layersOf } from '../model/marks';
import { saidAt } from '../model/runs';
import { valueText } from '../model/values';
import { Go, go, useShown } from '../parts/context';
import { guardTexts, Health, Mark } from '../parts/marks';
import { LineLink } from '../parts/outside';
import { DateTime } from '../parts/time';
import { ValueText } from '../parts/value';
import { Way } from '../parts/way';
import { Said } from './live';

/** All that is said at one target: its apps, and each of their values with its layer, file and line. */
export function TargetView() {
  const { fleet, place } = useShown();
  const target = fleet.tryFindNode(place.target);
  if (target === undefined)
    return (
      <>
        <h1 tabIndex={-1}>No such target</h1>
        <p class="wrong">
          No target is called {place.target}. <Go to={{ q: place.target }}>Search for it</Go>
        </p>
      </>
    );
  if (!fleet.targets.includes(target))
    return (
      <>
        <h1 tabIndex={-1}>{fleet.path(target)}</h1>
        <p>
          It is no target: <Go to={{ at: fleet.path(target) }}>what lies in it</Go>
        </p>
      </>
    );
  const apps = fleet.appsAt(target);
  const lives = livesAt(fleet, target);
  // What is no app's: roots, and what is left over.
  const others = lives.flatMap((one) => one.others.filter(({ app }) => app === undefined));
  const unknown = [...new Set(lives.flatMap((one) => one.unknown ?? []))].join('; ') || undefined;
  return (
    <>
      <h1 tabIndex={-1}>{fleet.path(target)}</h1>
      <div class="tools">
        <Way node={target} to={(path) => (path === fleet.path(target) ? { view: 'target', target: path } : { at: path })} />
        <Go to={{ view: 'differences', left: fleet.path(target), right: neighbour(fleet.targets, target, fleet) }}>compare</Go>
        <Go to={{ view: 'history', at: fleet.path(target) }}>history</Go>
      </div>
      <ul class="numbers">
        <li>
          {apps.length} {apps.length === 1 ? 'app' : 'apps'}
        </li>
        {guardTexts(fleet, target).map((text) => (
          <li key={text}>
            <Mark kind={text.startsWith('behind') ? 'gate' : 'frozen'} />
            {text}
          </li>
        ))}
        {lives.length > 0 && (
          <li>
            {lives.reduce((sum, { well }) => sum + well.length, 0)} of {lives.reduce((sum, one) => sum + one.well.length + one.others.length, 0)} Applications
            as Git has them, asked <DateTime of={fleet.board.live?.at ?? ''} />
          </li>
        )}
      </ul>
      {(others.length > 0 || unknown !== undefined) && <Said unknown={unknown} others={others} />}
      {apps.map((app) => (
        <AppSection key={fleet.appKey(app)} app={app} target={target} isOpen={fleet.appKey(app) === place.app || apps.length === 1} />
      ))}
    </>
  );
}

/** The target beside it, to compare it with. */
function neighbour(targets: readonly number[], target: number, fleet: ReturnType<typeof useShown>['fleet']): string {
  const index = targets.indexOf(target);
  return fleet.path(targets[index === 0 ? 1 : index - 1] ?? target);
}

interface AppSectionProps {
  readonly app: BoardApp;
  readonly target: number;
  readonly isOpen: boolean;
}

/** Its values are drawn when somebody opens it. */
function AppSection({ app, target, isOpen: isAsked }: AppSectionProps) {
  const { fleet, place } = useShown();
  const [isOpen, setOpen] = useState(isAsked);
  useEffect(() => setOpen(isAsked), [isAsked]);
  const position = fleet.position(app, target) ?? 0;
  const version = app.version === undefined ? undefined : app.fields[app.version];
  const said = version && saidAt(app, version, position);
  const { patches = [], overrides = [] } = layersOf(app)[position] ?? {};
  const key = fleet.appKey(app);
  const live = liveOf(fleet, target, app);
  return (
    <details class="app" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{key}</h2>
        {said !== undefined && <span class="value">{valueText(said[0])}</span>}
        {patches.map((layer) => (
          <span key={layer} class="layer patch">
            <Mark kind="patch" />
            {layer}
          </span>
        ))}
        {overrides.length > 0 && (
          <span class="layer override" title={overrides.join(', ')}>
            <Mark kind="override" />
            {overrides.length} {overrides.length === 1 ? 'override' : 'overrides'}
          </span>
        )}
        {(live?.well ?? 0) > 0 && <Health health="Healthy" />}
        {live?.others.map((one) => (
          <span key={`${one.name} ${one.is} ${one.server}`}>
            <Health health={one.health} /> <span class="muted">{one.is ?? one.sync}</span>{' '}
            {isOtherwise({ well: 0, others: [one] }) && <Mark kind="otherwise" />}
          </span>
        ))}
      </summary>
      {isOpen && (
        <div class="inside">
          <p class="more">
            <Go to={{ app: key }}>everywhere</Go>
            {place.app !== key && (
              <button type="button" class="button" onClick={() => go({ ...place, app: key })}>
                link to this
              </button>
            )}
          </p>
          {live !== undefined && live.others.length > 0 && <Said unknown={undefined} others={live.others} />}
          <Fields app={app} position={position} />
        </div>
      )}
    </details>
  );
}

function Fields({ app, position }: { readonly app: BoardApp; readonly position: number }) {
  const { fleet } = useShown();
  return (
    <table class="fields">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
          <th scope="col">Layer</th>
          <th scope="col">File</th>
        </tr>
      </thead>
      <tbody>
        {app.fields.map((field) => {
          const said = saidAt(app, field, position);
          if (said === undefined) return null;
          const [value, layer = 'base', file, line = 0] = said;
          return (
            <tr key={field.name}>
              <th scope="row">
                <Go to={{ app: fleet.appKey(app), field: field.name }}>{field.name}</Go>
              </th>
              <td data-label="Value">
                <ValueText text={valueText(value)} />
              </td>
              <td data-label="Layer">
                <span class={`layer ${kindOf(layer)}`}>{layer}</span>
              </td>
              <td data-label="File">{file !== undefined && <LineLink file={fleet.board.files[file] ?? ''} line={line} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
