import type { ConfigFile } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import { defaultDimensions, dimensionOf } from '../../layers/hierarchy';
import { describe, isMap } from '../../layers/plain-data';
import { fleetShape, outermostNodes } from '../../layers/shape/fleet-shape';
import type { AnyMap } from '../../layers/shape/read';
import { type Part, readFields } from '../../layers/shape/read-fields';
import type { FleetSettings } from '../tree/config/fleet-config';
import { isExport } from './read-export';

/** What `fleet.ts` exports, its settings checked; the levels of the hierarchy are read node by node. */
export function readFleet({ file, content }: ConfigFile, problems: Finding[]): (FleetSettings & AnyMap) | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'what `defineFleet({ … })` returns', problems)) return undefined;
  const [outermost] = dimensionsOf(content, part, problems) ?? [];
  if (outermost === undefined) {
    readFields(content, fleetShape, { ...part, noun: 'the fleet', isOpen: true }, problems);
    return undefined;
  }
  const { dimensions, ...settings } = readFields(content, { ...fleetShape, [outermost]: outermostNodes }, { ...part, noun: 'the fleet' }, problems);
  // What cannot be used is left out, so that everything else is still looked at.
  return { repository: '', ...settings, ...(dimensions === undefined ? {} : { dimensions: dimensions as FleetSettings['dimensions'] }) };
}

/** The outermost dimension's plural first; `undefined` where they cannot be used. */
function dimensionsOf(content: AnyMap, part: Part, problems: Finding[]): readonly string[] | undefined {
  const { dimensions } = content;
  if (dimensions === undefined) return defaultDimensions.map(({ plural }) => plural);
  if (!Array.isArray(dimensions)) return undefined;
  const plurals = dimensions.map((dimension) => dimensionOf(dimension)?.plural);
  const wrong = plurals.findIndex((plural, index) => plural === undefined || (index === 0 && plural in fleetShape));
  if (plurals.length > 0 && wrong < 0) return plurals as readonly string[];
  problems.push({
    code: 'invalid-dimension',
    message: 'the dimensions cannot be read',
    file: part.file,
    place: ['dimensions'],
    expected: "at least one word in the plural, such as ['environments', 'sectors', 'regions'], or `{ plural, singular }` where the singular is not regular",
    found: dimensions.length === 0 ? 'an empty list' : describe(dimensions[wrong]),
    ...(isMap(dimensions[wrong]) ? { hint: 'both words are strings, and nothing else stands there' } : {}),
  });
  return undefined;
}
