import { useShown } from '../../parts/context';
import { AppView } from './app-view';
import { Summary } from './summary';

/** The fleet as a map: of one app where one is chosen, of all of them where none is. */
export function FleetView() {
  const { fleet, place } = useShown();
  const app = fleet.tryFindApp(place.app);
  return app === undefined ? <Summary /> : <AppView app={app} />;
}
