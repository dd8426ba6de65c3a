import { small, YamlFleets } from '../builders/yaml-fleets';

const fleets = new YamlFleets();
const opened = (value: string) => ({ 'mc/web/values.yaml': `${small['mc/web/values.yaml']}    hydrate: ${value}\n` });

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
