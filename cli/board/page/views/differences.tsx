import { useMemo } from 'preact/hooks';
import { type AppDifference, differencesOf, isDifferent, type Side } from '../model/differences';
import { targetsText } from '../model/search';
import { Go, go, useShown } from '../parts/context';
import { NodeList, NodePick } from '../parts/picks';
import { Letter, ValueText } from '../parts/value';

/** Two nodes side by side. */
export function DifferencesView() {
  const { fleet, place } = useShown();
  const [left, right] = [fleet.tryFindNode(place.left), fleet.tryFindNode(place.right)];
  return (
    <>
      <h1 tabIndex={-1}>Differences</h1>
      <div class="tools">
        <NodePick label="Left" value={place.left ?? ''} onPick={(picked) => go({ ...place, left: picked })} />
        <button type="button" class="button" onClick={() => go({ ...place, left: place.right, right: place.left })}>
          swap
        </button>
        <NodePick label="Right" value={place.right ?? ''} onPick={(picked) => go({ ...place, right: picked })} />
      </div>
      <NodeList />
      {left === undefined || right === undefined ? (
        <p role="status">Choose two nodes: what is not the same at the targets below them is shown field by field.</p>
      ) : (
        <Differences left={left} right={right} />
      )}
    </>
  );
}

function Differences({ left, right }: { readonly left: number; readonly right: number }) {
  const { fleet, place } = useShown();
  const all = useMemo(() => differencesOf(fleet, left, right), [fleet, left, right]);
  const asked = all.filter(({ app }) => place.app === undefined || fleet.appKey(app) === place.app);
  const different = asked.filter(isDifferent);
  const alike = asked.filter((one) => !isDifferent(one));
  return (
    <>
      <p role="status">
        {different.length} of {asked.length} apps differ{different.length > 0 && `, in ${different.reduce((sum, { fields }) => sum + fields.length, 0)} fields`}
        .
      </p>
      {different.map((one) => (
        <AppSection key={fleet.appKey(one.app)} difference={one} left={left} right={right} />
      ))}
      {alike.length > 0 && <p class="muted">Alike: {alike.map(({ app }) => fleet.appKey(app)).join(', ')}.</p>}
    </>
  );
}

function AppSection({ difference, left, right }: { readonly difference: AppDifference; readonly left: number; readonly right: number }) {
  const { fleet } = useShown();
  const { app, targets, fields, alike } = difference;
  const key = fleet.appKey(app);
  return (
    <section class="difference">
      <h2>
        <Go to={{ app: key }}>{key}</Go>
      </h2>
      {fields.length === 0 ? (
        <p>
          Only at {fleet.path(targets[0] > 0 ? left : right)} ({targetsText(targets[0] + targets[1])}).
        </p>
      ) : (
        <table class="sides">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">
                {fleet.path(left)} <small>{targetsText(targets[0])}</small>
              </th>
              <th scope="col">
                {fleet.path(right)} <small>{targetsText(targets[1])}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((row) => (
              <tr key={row.field}>
                <th scope="row">
                  <Go to={{ app: key, field: row.field }}>{row.field}</Go>
                </th>
                <SideCell side={row.left} name={fleet.path(left)} />
                <SideCell side={row.right} name={fleet.path(right)} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {alike > 0 && (
        <p class="muted">
          {alike} {alike === 1 ? 'field is' : 'fields are'} alike.
        </p>
      )}
    </section>
  );
}

const few = 8;

function SideCell({ side: { counts, without }, name }: { readonly side: Side; readonly name: string }) {
  const isSeveral = counts.length + (without > 0 ? 1 : 0) > 1;
  return (
    <td data-label={name}>
      <ul class="set">
        {counts.slice(0, few).map(([value, count]) => (
          <li key={value.key}>
            <Letter value={value} />
            <ValueText text={value.text} />
            {isSeveral && <small>×{count}</small>}
          </li>
        ))}
        {counts.length > few && <li class="muted">{counts.length - few} more values</li>}
        {without > 0 && <li class="muted">not set{isSeveral && <small> ×{without}</small>}</li>}
      </ul>
    </td>
  );
}
