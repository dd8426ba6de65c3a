import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { BoardApp, BoardField } from '../../../board';
import { liveOf, liveText } from '../../model/live';
import { saidAt } from '../../model/runs';
import { valueText } from '../../model/values';
import { Go, useShown } from '../../parts/context';
import { guardTexts } from '../../parts/marks';
import { LineLink } from '../../parts/outside';

/** Tells the inspector which target somebody looks at. */
export type Inspect = (target: number) => void;

interface InspectorProps {
  readonly app: BoardApp;
  readonly field: BoardField | undefined;
  readonly inspect: RefObject<Inspect | undefined>;
}

/** What there is to say of the cell that is pointed at: drawn by itself, so that the map need not be. */
export function Inspector({ app, field, inspect }: InspectorProps) {
  const { fleet } = useShown();
  const [target, setTarget] = useState<number>();
  inspect.current = setTarget;
  if (target === undefined) return <p class="inspector muted">Point at a cell, or go through the map with the arrow keys; Enter opens the target.</p>;
  const position = fleet.position(app, target);
  const live = position === undefined ? undefined : liveOf(fleet, target, app);
  const said = position === undefined || field === undefined ? undefined : saidAt(app, field, position);
  return (
    <div class="inspector">
      <Go to={{ view: 'target', target: fleet.path(target), app: fleet.appKey(app) }}>{fleet.path(target)}</Go>
      {position === undefined ? <span>{app.name} is not rendered here</span> : <span class="value">{said === undefined ? 'not set' : valueText(said[0])}</span>}
      {said !== undefined && <span class="muted">{said[1] ?? 'base'}</span>}
      {said?.[2] !== undefined && <LineLink file={fleet.board.files[said[2]] ?? ''} line={said[3] ?? 0} />}
      {guardTexts(fleet, target).map((text) => (
        <span key={text} class="muted">
          {text}
        </span>
      ))}
      {live?.others.map((one) => (
        <span key={`${one.name} ${one.is} ${one.server}`}>
          {one.name}: {liveText(one)}
          {one.differs !== undefined && <>; {one.differs.join('; ')}</>}
        </span>
      ))}
      {live?.unknown !== undefined && <span>not known in full: {live.unknown}</span>}
    </div>
  );
}
