import fc from 'fast-check';
import { gate } from '../../../changes/judge/rules/gate';
import { sequence as sequenceRule } from '../../../changes/judge/rules/sequence';
import type { NodeLaw } from '../../../layers/law/law';
import type { Plain } from '../../../layers/layer';
import { isBelow, layersAt, type SmallApp, type SmallFields, type SmallFleet, saidAt, smallJudgement } from './small-fleet';

/** In three environments, the last two behind gates, one of which has another one in it. */
const sequence = ['int/a/r1', 'int/a/r2', 'int/b/r1', 'stage/a/r1', 'stage/b/r1', 'stage/b/r2', 'prod/a/r1', 'prod/b/r1', 'prod/b/r2'];

const paths = [...new Set(sequence.flatMap((target) => target.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))))];

const nodes: readonly NodeLaw[] = ['stage', 'prod', 'prod/b'].map((path) => ({ path, promotion: 'manual' }));

const fields = ['x', 'y', 'z'] as const;

/** Few values, so that they meet. */
const value: fc.Arbitrary<Plain> = fc.integer({ min: 1, max: 4 });

const someFields = fc.dictionary(fc.constantFrom(...fields), value, { minKeys: 1, maxKeys: 2, noNullPrototype: true }) as fc.Arbitrary<SmallFields>;

const base = fc.record({ x: value, y: value }) as fc.Arbitrary<SmallFields>;

const apps: fc.Arbitrary<SmallApp> = fc.record({
  base,
  overrides: fc.dictionary(fc.constantFrom(...paths), someFields, { maxKeys: 3, noNullPrototype: true }),
  patches: fc.dictionary(fc.constantFrom('patch-1', 'patch-2'), fc.record({ at: fc.subarray(paths, { maxLength: 3 }).map(withoutCovered), set: someFields }), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
});

/** None below another. */
function withoutCovered(chosen: readonly string[]): readonly string[] {
  return chosen.filter((path) => !chosen.some((other) => other !== path && isBelow(path, other)));
}

/** Something that somebody does to an app, of whatever kind. */
type Edit = (app: SmallApp) => SmallApp;

const edits: fc.Arbitrary<Edit> = fc.oneof(
  // A value of the base, or one more, or one less.
  fc.tuple(fc.constantFrom(...fields), fc.option(value)).map(
    ([field, said]): Edit =>
      (app) => ({ ...app, base: withField(app.base, field, said) }),
  ),
  // An override comes, says something else, or goes.
  fc.tuple(fc.constantFrom(...paths), fc.option(someFields)).map(
    ([path, said]): Edit =>
      (app) => ({ ...app, overrides: withKey(app.overrides, path, said) }),
  ),
  // A patch comes, goes on, goes back, says something else, or goes.
  fc.tuple(fc.constantFrom('patch-1', 'patch-2', 'patch-3'), fc.option(fc.subarray(paths, { maxLength: 4 }).map(withoutCovered)), fc.option(someFields)).map(
    ([name, at, set]): Edit =>
      (app) => ({ ...app, patches: withKey(app.patches, name, patchAfter(app.patches?.[name], at, set)) }),
  ),
  // A patch becomes the base.
  fc.constantFrom('patch-1', 'patch-2').map(
    (name): Edit =>
      (app) => ({ ...app, base: { ...app.base, ...app.patches?.[name]?.set }, patches: withKey(app.patches, name, null) }),
  ),
  // An app is switched off somewhere, or everywhere.
  fc.constantFrom(...paths).map(
    (path): Edit =>
      (app) => ({ ...app, overrides: { ...app.overrides, [path]: { ...app.overrides?.[path], enabled: false } } }),
  ),
);

function patchAfter(patch: NonNullable<SmallApp['patches']>[string] | undefined, at: readonly string[] | null, set: SmallFields | null) {
  if (at === null && set === null) return null;
  return { at: at ?? patch?.at ?? ['int/a'], set: set ?? patch?.set ?? { x: 4 } };
}

function withKey<T>(map: { readonly [key: string]: T } | undefined, key: string, said: T | null): { readonly [key: string]: T } {
  const { [key]: _, ...others } = map ?? {};
  return said === null ? others : { ...others, [key]: said };
}

function withField(map: SmallFields, field: string, said: Plain): SmallFields {
  return withKey(map, field, said as Plain | null) as SmallFields;
}

function stepOf(target: string): string {
  return target.split('/').slice(0, 2).join('/');
}

/** Whether a layer stands in front of the one that brings a value, at a target that it reaches; the base reaches all, and may say nothing there yet. */
function hides(app: SmallApp, target: string, field: string, name: string): boolean {
  const layers = layersAt(app, target);
  const bringing = layers.findLastIndex(({ label }) => label.split(' ')[0] === name);
  return bringing >= 0 && layers.slice(bringing + 1).some(({ set }) => Object.hasOwn(set, field));
}

test('what passes enters no gate that did not have it, and no target before those in front of it', () => {
  let passed = 0;
  fc.assert(
    fc.property(apps, fc.array(edits, { minLength: 1, maxLength: 3 }), (app, all) => {
      const edited = all.reduce((one, edit) => edit(one), app);
      const [before, after]: readonly SmallFleet[] = [app, edited].map((one) => ({ sequence, apps: { app: one }, law: { nodes } }));
      const verdicts = smallJudgement({ before: before as SmallFleet, after: after as SmallFleet, rules: [sequenceRule, gate] });
      if (verdicts.some(({ kind }) => kind === 'refused')) return;
      passed += 1;
      for (const target of sequence) {
        const [was, is] = [saidAt(app, target), saidAt(edited, target)];
        for (const field of fields) {
          const said = is?.[field];
          if (!is || JSON.stringify([was?.[field]]) === JSON.stringify([said])) continue;
          expectApproved(app, target, field, said);
          expectInSequence(app, edited, target, field, said);
        }
      }
    }),
    { numRuns: 3000 },
  );
  // Else nothing was looked at.
  expect(passed).toBeGreaterThan(0);
});

/** Below every gate that a target is behind, something said the same before. */
function expectApproved(app: SmallApp, target: string, field: string, said: Plain | undefined): void {
  for (const { path } of nodes) {
    if (!isBelow(target, path)) continue;
    const others = sequence.filter((one) => isBelow(one, path)).map((one) => saidAt(app, one));
    expect({ path, target, field, said, known: others.some((one) => one && one[field] === said) }).toMatchObject({ known: true });
  }
}

/** Every target in front of it said the same, or hid it; what an override says is so at its node. */
function expectInSequence(before: SmallApp, after: SmallApp, target: string, field: string, said: Plain | undefined): void {
  const layer = layersAt(after, target).findLast(({ set }) => Object.hasOwn(set, field))?.label;
  const gone = layersAt(before, target).findLast(({ set }) => Object.hasOwn(set, field))?.label;
  if ((layer ?? gone)?.startsWith('override ')) return;
  const name = (layer ?? 'base').split(' ')[0] as string;
  for (const earlier of sequence.slice(0, sequence.indexOf(target))) {
    const was = saidAt(before, earlier);
    if (!was || was[field] === said) continue;
    const isHidden = hides(before, earlier, field, name) && hides(after, earlier, field, name);
    const is = saidAt(after, earlier);
    const comesWithIt = stepOf(earlier) === stepOf(target) && (!is || is[field] === said || hides(after, earlier, field, name));
    expect({ target, field, said, layer, earlier, isHidden, comesWithIt, is: isHidden || comesWithIt }).toMatchObject({ is: true });
  }
}

test('what changes nothing is never refused, whatever is written', () => {
  fc.assert(
    fc.property(apps, (app) => {
      const fleet = { sequence, apps: { app }, law: { nodes } };
      // The same patch as an override of each of its paths renders the same where nothing is more specific.
      expect(
        smallJudgement({ before: fleet, after: { ...fleet, apps: { app: { ...app, patches: { ...app.patches, 'patch-9': { at: [], set: { x: 1 } } } } } } }),
      ).toEqual([]);
    }),
  );
});
