import { type FleetError, fleetFromConfig } from '../../constructs';
import { allowRender } from '../../store/read/allow-render';
import { readConfig } from '../../store/read/read-config';
import { small, YamlFleets } from '../builders/yaml-fleets';

const fleets = new YamlFleets();
const opened = (value: string) => ({ 'mc/web/values.yaml': `${small['mc/web/values.yaml']}    hydrate: ${value}\n` });

test('its user lets a YAML fleet have them rendered', () => {
  const path = fleets.make(opened('true'));
  const messages = (allowRender?: boolean) => {
    try {
      fleetFromConfig(readConfig(path, { allowRender })).synth();
      return [];
    } catch (error) {
      return (error as FleetError).problems.map(({ message }) => message);
    }
  };
  expect(messages()).toEqual(['a fleet in YAML runs no program, and charts are opened by Helm']);
  // Its chart was not pulled: somebody looked.
  expect(messages(true)).toEqual([expect.stringMatching(/was not pulled|helm is not installed/)]);
  allowRender(true);
  expect(messages()).toEqual(messages(true));
  allowRender(false);
  expect(messages()).not.toEqual(messages(true));
});

test('a YAML fleet has no chart rendered, whatever it says', () => {
  const path = process.env['PATH'];
  // Nobody could be started.
  process.env['PATH'] = '/nowhere';
  try {
    expect(fleets.told(opened('true'))).toEqual(['error hydrate mc/web/values.yaml:9:5']);
    expect(fleets.told(opened('false'))).toEqual([]);
    expect(fleets.told(opened('yes please'))).toEqual(['error wrong-type mc/web/values.yaml:9:5']);
  } finally {
    process.env['PATH'] = path;
  }
});
