import { useRef } from 'preact/hooks';
import type { BoardApp } from '../../../board';
import { valuesOf } from '../../model/values';
import { rolloutsOf } from '../../model/way';
import { Go, go, useShown } from '../../parts/context';
import { AppPick, Pick, Unknown } from '../../parts/picks';
import { Way } from '../../parts/way';
import { FleetMap } from './fleet-map';
import { type Inspect, Inspector } from './inspector';
import { Legend } from './legend';

/** More cells than that are drawn small. */
const large = 240;

/** One app everywhere: one of its fields, its version at first. */
export function AppView({ app }: { readonly app: BoardApp }) {
  const { fleet, place } = useShown();
  const inspect = useRef<Inspect | undefined>(undefined);
  const key = fleet.appKey(app);
  const at = fleet.tryFindNode(place.at);
  const field = app.fields.find(({ name }) => name === place.field) ?? app.fields[app.version ?? 0];
  const targets = fleet.targetsIn(at);
  const isSmall = place.size === undefined ? targets.length > large : place.size === 'small';
  const rollouts = rolloutsOf(fleet, app);
  return (
    <>
      <h1 tabIndex={-1}>{app.name}</h1>
      <p class="lead">
        {app.description}
        {app.owners !== undefined && app.owners.length > 0 && <span class="muted"> Owned by {app.owners.join(', ')}.</span>}
      </p>
      <div class="tools">
        <AppPick label="App" value={key} none="all apps" onPick={(picked) => go({ app: picked, at: place.at })} />
        <Pick
          label="Field"
          value={field?.name ?? ''}
          options={app.fields.map(({ name }) => name)}
          onPick={(name) => go({ ...place, field: name, is: undefined })}
        />
        <Way node={at} to={(path) => ({ ...place, at: path })} />
        <nav class="levels" aria-label="Size of cells">
          <Go to={{ ...place, size: 'small' }} isCurrent={isSmall}>
            small
          </Go>
          <Go to={{ ...place, size: 'large' }} isCurrent={!isSmall}>
            large
          </Go>
        </nav>
        <span class="more">
          {rollouts[0] !== undefined && <Go to={{ view: 'rollouts', q: rollouts[0].app }}>{rollouts.length} in flight</Go>}
          <Go to={{ view: 'history', app: key }}>history</Go>
        </span>
      </div>
      <Unknown node={place.at} />
      {field !== undefined && <Legend app={app} field={field} targets={targets} />}
      <FleetMap app={app} field={field} values={field && valuesOf(app, field)} targets={targets} isSmall={isSmall} inspect={inspect} />
      <Inspector app={app} field={field} inspect={inspect} />
    </>
  );
}
