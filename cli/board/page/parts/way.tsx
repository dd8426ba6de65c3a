import type { Place } from '../model/place';
import { Go, useShown } from './context';

/** The names of all that a node lies in, each a link. */
export function Way({ node, to }: { readonly node: number | undefined; readonly to: (path: string | undefined) => Place }) {
  const { fleet } = useShown();
  const way = node === undefined ? [] : fleet.wayTo(node);
  return (
    <nav class="way" aria-label="Hierarchy">
      <ol>
        <li>
          <Go to={to(undefined)} isCurrent={node === undefined}>
            all
          </Go>
        </li>
        {way.map((one) => (
          <li key={one}>
            <Go to={to(fleet.path(one))} isCurrent={one === node}>
              {fleet.name(one)}
            </Go>
          </li>
        ))}
      </ol>
    </nav>
  );
}
