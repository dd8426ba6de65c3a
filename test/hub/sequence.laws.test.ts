import fc from 'fast-check';
import { judge, type Verdict } from '../../changes/judge/judge';
import { neededStatements } from '../../changes/judge/needed-statements';
import type { Past } from '../../changes/judge/past';
import { gate } from '../../changes/judge/rules/gate';
import { loosenedLaw } from '../../changes/judge/rules/loosened-law';
import { sequence } from '../../changes/judge/rules/sequence';
import { statementsIn } from '../../changes/judge/statements';
import type { State } from '../../changes/state';
import { configState } from '../../cli/read/state/config-state';
import type { FleetOutput, PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import { waveEnds } from '../../layers/law/waves';
import { decidePromotion, type Entering } from '../../rollout/decide-promotion';
import { decideRollback } from '../../rollout/decide-rollback';
import { isBroader, levelDepth, unitsAbove } from '../../rollout/next-step';
import { texts } from '../../store/output/output-folder';
import { bootstrap, buildHubFleet, dns, hub1, releases, settings } from '../builders/hub-builder';

type Waves = readonly (number | 'rest' | `${number}%`)[];

interface Place {
  readonly name: string;
  readonly environments: readonly { readonly name: string; readonly promotion: 'manual' | 'automated'; readonly waves?: Waves }[];
}

/** A fleet of tenants with a patch of a component that is everywhere. */
interface Model {
  readonly settings: { readonly sequence?: 'tenants' | 'environments'; readonly promotionLevel?: string; readonly waves?: Waves };
  readonly tenants: readonly Place[];
  /** Where each spoke is. */
  readonly spokes: { readonly [name: string]: { readonly tenant: string; readonly environment: string } };
  readonly paths: readonly string[];
}

const patchName = 'patch-001';

function render({ settings: own, tenants, spokes, paths }: Model): FleetOutput {
  const fleet = {
    topology: 'hub-and-spoke',
    repository: 'https://example.com/fleet.git',
    ...own,
    tenants: [...tenants, { name: 'hubs', environments: ['last'] }],
  };
  const component = { ...dns, overrides: { '*': { enabled: true } }, patches: { [patchName]: { rolledOutTo: paths, change: { values: { level: 2 } } } } };
  return buildHubFleet({
    fleet,
    hubs: { 'hub-1': { ...hub1, tenant: 'hubs', environment: 'last' } },
    spokes: Object.fromEntries(Object.entries(spokes).map(([name, place]) => [name, { ...place, hub: 'hub-1', secret: `fleet/${name}` }])),
    members: { settings },
    groups: { addons: { releases, components: { 'cert-manager': { ...dns, chart: 'cert-manager', version: undefined }, dns: component } }, bootstrap },
  }).synth();
}

/** Whether steps enter one node of the level at which this fleet promotes, and none of its waves. */
function isWithinOne(steps: readonly ({ readonly step?: Entering } | undefined)[], { settings: { promotionLevel, waves }, tenants }: Model): boolean {
  const depth = { tenant: 1, cluster: 3 }[promotionLevel ?? ''] ?? 2;
  const nodes = new Set(steps.map((one) => one?.step?.step.targets[0]?.split('/').slice(0, depth).join('/')));
  const inWaves = tenants.flatMap(({ name, environments }) => environments.flatMap((one) => (one.waves === undefined ? [] : [`${name}/${one.name}`])));
  const [node = ''] = nodes;
  return depth < 3 && nodes.size === 1 && waves === undefined && !inWaves.some((path) => isAtOrBelow(path, node));
}

const viewOf = (output: FleetOutput): PatchView => output.patches()[0] as PatchView;
const options = (view: PatchView, { settings: { promotionLevel: level } }: Model, fill = false) =>
  ({
    fill,
    ...(level === undefined ? {} : { level }),
    isSame: (...at: Parameters<PatchView['isSame']>) => view.isSame(...at),
    fields: view.fields,
    others: [],
    now: 0,
  }) as const;

/** The values of each cluster. */
function valuesOf(output: FleetOutput): ReadonlyMap<string, string> {
  return new Map(
    [...texts(output)].flatMap(({ path, text }) => (path.endsWith('/values/addons/dns.yaml') ? [[path.split('/')[1] as string, text] as const] : [])),
  );
}

const waves: fc.Arbitrary<Waves> = fc.constantFrom<Waves>([1, '10%', 'rest'], [1, 'rest'], ['50%'], [2, 2], ['100%'], [1, '34%', 1]);

const models = (sequences: readonly ('tenants' | 'environments' | undefined)[]): fc.Arbitrary<Model> => {
  const environment = fc.record({ promotion: fc.constantFrom('manual' as const, 'automated' as const), waves }, { requiredKeys: ['promotion'] });
  const tenant = fc.tuple(fc.subarray(['dev', 'stage', 'prod'], { minLength: 1 }), fc.tuple(environment, environment, environment));
  return fc.array(tenant, { minLength: 1, maxLength: 4 }).chain((drafts) => {
    const tenants = drafts.map(([names, all], index) => ({
      name: `t${index}`,
      environments: names.map((name, at) => ({ name, ...(all[at] as (typeof all)[number]) })),
    }));
    const places = tenants.flatMap(({ name, environments }) => environments.map((one) => ({ tenant: name, environment: one.name })));
    return fc
      .record({
        settings: fc.record(
          { sequence: fc.constantFrom(...sequences), promotionLevel: fc.constantFrom('tenant', 'environment', 'cluster'), waves },
          { requiredKeys: ['sequence'] },
        ),
        spokes: fc.array(fc.constantFrom(...places), { minLength: 1, maxLength: 12 }),
      })
      .map(({ settings: own, spokes }) => ({
        settings: own,
        tenants,
        spokes: Object.fromEntries(spokes.map((place, index) => [`s${String(index).padStart(2, '0')}`, place])),
        paths: [],
      }));
  });
};

/** The same, where the patch has begun with the first target. */
const begun = (model: Model): Model => ({ ...model, paths: [targetsOf(model)[0] as string] });
const targetsOf = (model: Model): readonly string[] =>
  render(model)
    .targetsOf('addons')
    .map(({ path }) => path);

/** Every state of a rollout to its end, with the step that led there. */
function rolledOut(start: Model): readonly { readonly model: Model; readonly output: FleetOutput; readonly step?: Entering }[] {
  const states: { model: Model; output: FleetOutput; step?: Entering }[] = [{ model: start, output: render(start) }];
  for (;;) {
    const { model, output } = states.at(-1) as (typeof states)[number];
    const view = viewOf(output);
    const decision = decidePromotion(view.state, options(view, model));
    if (decision.kind !== 'enter') {
      expect(decision).toEqual({ kind: 'integrate' });
      return states;
    }
    const moved = { ...model, paths: decision.paths };
    states.push({ model: moved, output: render(moved), step: decision });
  }
}

const none: Past = { prepare: () => {}, contents: () => [] };

function refused(before: State, after: State, message: string): readonly Verdict[] {
  const { statements } = statementsIn([message]);
  return judge({ before, after, laws: [], statements, past: none, now: 0, rules: [sequence, gate, loosenedLaw] }).filter(({ kind }) => kind === 'refused');
}

describe('whatever the sequence, the level and the waves', () => {
  test('a rollout enters every target once, in sequence, and changes nothing else; each gate is asked for once, and only there', () => {
    fc.assert(
      fc.property(models(['tenants', 'environments', undefined]), (model) => {
        const states = rolledOut(begun(model));
        const { state } = viewOf((states[0] as (typeof states)[number]).output);
        const steps = states.flatMap(({ step }) => step ?? []);
        expect([state.targets[0], ...steps.flatMap(({ step }) => step.targets)]).toEqual(state.targets);
        for (const [index, { output, step }] of states.entries()) {
          if (!step) continue;
          const [was, is] = [valuesOf((states[index - 1] as (typeof states)[number]).output), valuesOf(output)];
          const changed = [...is].flatMap(([name, text]) => (was.get(name) === text ? [] : [name]));
          expect(changed.sort()).toEqual(step.step.targets.map((target) => target.split('/')[2]).sort());
        }
        const gates = [...(state.ranks ?? []), ...state.nodes].filter(({ promotion }) => promotion === 'manual');
        const asked = gates.filter(({ targets }) => !targets.includes(state.targets[0] as string)).map(({ path }) => path);
        expect(steps.flatMap((step) => step.gates).sort()).toEqual(asked.sort());
      }),
      { numRuns: 200 },
    );
  });

  test('a step is a wave of the broadest node that is entered in one way', () => {
    fc.assert(
      fc.property(models(['tenants', 'environments']), (model) => {
        for (const { output, step } of rolledOut(begun(model))) {
          if (!step) continue;
          const { state } = viewOf(output);
          const first = step.step.targets[0] as string;
          const unit = unitsAbove(state, first, levelDepth(state, model.settings.promotionLevel)).find(({ path }) => path === step.step.path);
          const ends = unit?.waves === undefined ? [unit?.targets.length] : waveEnds(unit.waves, unit.targets.length);
          const end = (unit?.targets.indexOf(step.step.targets.at(-1) as string) ?? 0) + 1;
          if (unit?.waves !== undefined) expect(ends).toContain(end);
          expect(step.step.targets.every((target) => isAtOrBelow(target, step.step.path))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('what commands do passes the rules about changes, with the lines that they write', () => {
    let gates = 0;
    fc.assert(
      fc.property(models(['tenants', 'environments']), (model) => {
        const states = rolledOut(begun(model)).map((one) => ({ ...one, recorded: configState(one.output) }));
        for (const [index, { model: at, output, step, recorded }] of states.entries()) {
          if (!step) continue;
          const before = (states[index - 1] as (typeof states)[number]).recorded;
          expect(isBroader(step.step, viewOf(output).state, at.settings.promotionLevel)).toBe(false);
          const lines = neededStatements({ before, after: recorded, now: 0, approved: step.gates });
          gates += step.gates.length;
          expect(refused(before, recorded, lines.join('\n'))).toEqual([]);
          expect(
            refused(before, recorded, '')
              .map(({ path }) => path)
              .sort(),
          ).toEqual([...step.gates].sort());
        }
      }),
      { numRuns: 200 },
    );
    expect(gates).toBeGreaterThan(0);
  });

  test('a step that is broader than those of the fleet passes with the line that it writes, and without it never', () => {
    let broad = 0;
    fc.assert(
      fc.property(models(['tenants', 'environments']), (drawn) => {
        const model = begun({ ...drawn, settings: { ...drawn.settings, promotionLevel: 'cluster' } });
        const view = viewOf(render(model));
        const decision = decidePromotion(view.state, { ...options(view, model), level: 'environment' });
        if (decision.kind !== 'enter') return;
        const [before, after] = [configState(render(model)), configState(render({ ...model, paths: decision.paths }))];
        const { step, gates: approved } = decision;
        if (step.targets.length === 1) return;
        broad += 1;
        expect(isBroader(step, view.state, 'cluster')).toBe(true);
        const lines = neededStatements({ before, after, now: 0, approved, broad: step.path });
        expect(refused(before, after, lines.join('\n'))).toEqual([]);
        expect(refused(before, after, neededStatements({ before, after, now: 0, approved }).join('\n')).map(({ rule }) => rule)).toEqual(['sequence']);
      }),
      { numRuns: 400 },
    );
    expect(broad).toBeGreaterThan(0);
  });

  test('who skips a wave, or goes on before all of a rank has it, is refused', () => {
    let tried = 0;
    fc.assert(
      fc.property(models(['tenants', 'environments']), fc.nat(), (model, pick) => {
        const states = rolledOut(begun(model));
        if (states.length < 3) return;
        const from = pick % (states.length - 2);
        const [one, skipped] = [states[from], states[from + 2]] as [(typeof states)[number], (typeof states)[number]];
        // A patch that begins within a node goes on cluster by cluster there, and may as well enter the rest of that node at once.
        if (isWithinOne([states[from + 1], skipped], model)) return;
        const [before, after] = [configState(one.output), configState(skipped.output)];
        tried += 1;
        expect(
          refused(before, after, neededStatements({ before, after, now: 0, approved: viewOf(one.output).state.nodes.map(({ path }) => path) }).join('\n')).map(
            ({ rule }) => rule,
          ),
        ).toContain('sequence');
      }),
      { numRuns: 100 },
    );
    expect(tried).toBeGreaterThan(0);
  });

  test('a member that comes or goes changes nothing of what another one gets', () => {
    fc.assert(
      fc.property(models(['tenants', 'environments']), fc.nat(), fc.nat(), (model, which, when) => {
        const states = rolledOut(begun(model));
        const { model: at, output } = states[when % states.length] as (typeof states)[number];
        const names = Object.keys(at.spokes);
        const gone = names[which % names.length] as string;
        const isNamed = at.paths.some((path) => path.endsWith(`/${gone}`));
        if (isNamed || names.length < 2) return;
        const { [gone]: _, ...spokes } = at.spokes;
        const left = valuesOf(render({ ...at, spokes }));
        for (const [name, text] of left) expect([name, text]).toEqual([name, valuesOf(output).get(name)]);
      }),
      { numRuns: 100 },
    );
  });

  test('what was entered last is left again, and nothing else', () => {
    fc.assert(
      fc.property(models(['tenants', 'environments']), (model) => {
        const states = rolledOut(begun(model));
        for (const [index, { output, step }] of states.entries()) {
          if (!step) continue;
          const { state } = viewOf(output);
          const level = model.settings.promotionLevel;
          const back = decideRollback(state, { last: step.step.targets, ...(level === undefined ? {} : { level }) });
          expect(back.targets).toEqual(step.step.targets);
          const before = viewOf((states[index - 1] as (typeof states)[number]).output).state;
          expect(new Coverage(back.paths, state.targets).covered).toEqual(new Coverage(before.paths, state.targets).covered);
        }
      }),
      { numRuns: 100 },
    );
  });
});
