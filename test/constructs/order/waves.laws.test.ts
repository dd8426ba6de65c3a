import fc from 'fast-check';
import type { Manifest } from '../../../layers/output';
import { application, apps, buildFleet, type Loose, smallFleet, templatesAt } from '../../builders/fleet-builder';

const wave = 'argocd.argoproj.io/sync-wave';
const targets = ['integration/int-1/us', 'integration/int-1/eu', 'production/prod-1/us'];
const layers = ['base', 'integration', 'production/prod-1/us'];

/** An app: what it needs of those before it, layer by layer, and a wave that it says itself. */
interface RandomApp {
  readonly needs: Readonly<Record<string, readonly number[]>>;
  readonly own?: number;
}

const randomApp = fc.record<RandomApp>(
  {
    needs: fc.dictionary(fc.constantFrom(...layers), fc.uniqueArray(fc.nat(7), { maxLength: 3 })),
    own: fc.integer({ min: -3, max: 3 }),
  },
  { requiredKeys: ['needs'] },
);

const nameOf = (index: number) => `app-${index}`;

/** Needs of an app at a target: the most specific layer has the word. */
function needsAt({ needs }: RandomApp, index: number, target: string): readonly string[] {
  const said = ['base', 'integration', 'production/prod-1/us'].filter((layer) => needs[layer] && (layer === 'base' || target.startsWith(layer))).pop();
  return said === undefined ? [] : before(needs[said] ?? [], index);
}

const before = (needed: readonly number[], index: number) => needed.filter((other) => other < index).map(nameOf);

function fleetOf(random: readonly RandomApp[]) {
  const written = random.map(({ needs, own }, index) => {
    const { base, ...overrides } = Object.fromEntries(Object.entries(needs).map(([layer, needed]) => [layer, { after: before(needed, index) }]));
    // Whoever needs something leaves its wave to it.
    const saysNothing = Object.values(needs).every((needed) => before(needed, index).length === 0);
    const annotations = own !== undefined && saysNothing ? { annotations: { [wave]: String(own) } } : {};
    return [nameOf(index), application({ ...base, ...annotations, overrides })];
  });
  return buildFleet({ ...apps(Object.fromEntries(written)), fleet: smallFleet });
}

const saidIn = (manifest: Manifest | undefined): unknown => (manifest?.metadata as Loose)?.annotations?.[wave];
const waveIn = (manifest: Manifest | undefined) => Number(saidIn(manifest) ?? 0);

test('an app is in a later wave than whatever it needs, and only who needs something gets one', () => {
  fc.assert(
    fc.property(fc.array(randomApp, { minLength: 1, maxLength: 8 }), (random) => {
      const fleet = fleetOf(random);
      for (const target of targets) {
        const templates = templatesAt(fleet, 'mgmt', target);
        for (const [index, app] of random.entries()) {
          const needed = needsAt(app, index, target);
          const manifest = templates[nameOf(index)];
          for (const other of needed) expect(waveIn(manifest)).toBeGreaterThan(waveIn(templates[other]));
          const isOwn = app.own !== undefined && Object.values(app.needs).every((some) => before(some, index).length === 0);
          const isSaid = saidIn(manifest) !== undefined;
          if (needed.length === 0) expect(isSaid).toBe(isOwn);
          // None is later than it has to be.
          else expect(waveIn(manifest)).toBe(Math.max(0, ...needed.map((other) => waveIn(templates[other]) + 1)));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a fleet in which nobody needs anything is rendered as if there was no order', () => {
  const plain = (more: { readonly after?: readonly string[] }) =>
    templatesAt(buildFleet(apps({ web: application(more), api: application() })), 'mgmt', targets[0] as string);
  expect(plain({ after: [] })).toEqual(plain({}));
});
