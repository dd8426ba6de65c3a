import { join } from 'node:path';
import fc from 'fast-check';
import { FleetError } from '../../../constructs';
import type { ChartObjects, ChartRenderer } from '../../../layers/charts/chart-input';
import { texts } from '../../../store/output/output-folder';
import { buildFleet, type Loose } from '../../builders/fleet-builder';
import { HydrateRepository } from '../../store/hydrate/hydrate-builder';
import { describeWithHelm, helmTemplate } from '../helm';
import { fieldsOf, hasTokens, isOdd, type Known, mayBeRefused, type RandomApp, randomApp, valueFilesOf, write } from './random/app';
import { type Identified, inOrder, objectsIn, renderedBy, sorted, type Texts } from './random/argocd';

jest.setTimeout(600_000);

const target = 'dist/mgmt/all/one/here';
const fleet = { repository: 'https://example.com/fleet.git', environments: [{ name: 'all', sectors: [{ name: 'one', regions: ['here'] }] }] };

describeWithHelm('random charts, with the real Helm', () => {
  let repository: HydrateRepository;
  beforeEach(() => {
    repository = new HydrateRepository();
  });
  afterEach(() => repository.remove());

  /** What is rendered of the charts of an app that are told no tokens, in their order. */
  const rendered: ChartObjects[] = [];

  /** Writes what an app is rendered to into a folder of the repository. */
  function synth(fields: Readonly<Record<string, unknown>>, folder: string): void {
    const root = { kind: 'RootApplicationSet', clusterType: 'mgmt' };
    const built = buildFleet({ fleet, clusterTypes: { infra: { apps: { root } }, mgmt: { apps: { web: fields } } } });
    const renderer = repository.renderer();
    const render: ChartRenderer['render'] = (inputs) => {
      const given = renderer.render(inputs);
      rendered.push(...given);
      return given;
    };
    built.chartRenderer = {
      render,
      asked: (input) => renderer.asked(input),
      digests: (inputs) => renderer.digests(inputs),
      versionOf: (id) => renderer.versionOf(id),
      capabilitiesOf: (input) => renderer.capabilitiesOf(input),
      valuesOf: (input) => renderer.valuesOf(input),
    };
    repository.write(Object.fromEntries([...texts(built.synth())].map(({ path, text }) => [join(folder, path), text])));
  }

  /** What Argo CD makes of the app of a target on a cluster. */
  function deployed(folder: string, app: RandomApp): Texts {
    const [application] = helmTemplate(join(repository.path, folder), { ...app.known }) as readonly Loose[];
    return renderedBy(application, {
      repository: repository.path,
      archives: { web: join(repository.path, 'imports/charts/archives/charts.example.com/web-1.0.0.tgz') },
      kubernetes: app.kubernetes,
      apiVersions: app.apiVersions,
      valueFiles: valueFilesOf(app),
    });
  }

  /** What opening it says is wrong. */
  function wrongWith(fields: Readonly<Record<string, unknown>>): FleetError | undefined {
    rendered.length = 0;
    try {
      synth(fields, 'dist');
      return undefined;
    } catch (error) {
      if (error instanceof FleetError) return error;
      throw error;
    }
  }

  /** @returns what became of it @throws Error where it is not what it should be */
  function compare(app: RandomApp): 'refused' | 'fails' | 'equal' {
    repository.remove();
    repository = new HydrateRepository();
    write(app, repository);
    const { closed, opened } = fieldsOf(app);
    synth(closed, 'closed/dist');
    const expected = deployed(`closed/${target}`, app);
    const fails = 'error' in expected;
    const wrong = wrongWith(opened);
    if (wrong) {
      if (fails || (mayBeRefused(app) && wrong.problems.every(({ code }) => code === 'chart-token'))) return 'refused';
      const isEmpty = wrong.problems.every(({ code, message }) => code === 'hydrate' && message.includes('gives no object'));
      if (isEmpty && objectsIn([expected.texts])[0]?.length === 0) return 'refused';
      throw new Error(`It is refused: ${JSON.stringify(wrong.problems)}`);
    }
    const found = deployed(target, app);
    const mayFail = hasTokens(app) && Object.values(app.known).some(isOdd);
    if (fails && !mayFail) throw new Error(`It is opened, and closed it fails: ${expected.error}`);
    if ('error' in found) {
      // Of a value that a chart does not keep as it is, Helm is told what it must not hold.
      const [, key] = /execution error at .*checks\.tpl.*: cluster\.(\w+) must not /.exec(found.error) ?? [];
      if (!fails && (key === undefined || !isOdd(app.known[key as keyof Known]))) throw new Error(`It is opened, and fails: ${found.error}`);
    }
    if (fails || 'error' in found) return 'fails';
    const [is, was] = objectsIn([found.texts, expected.texts]) as [readonly Identified[], readonly Identified[]];
    expect(sorted(is)).toEqual(sorted(was));
    // Without tokens each chart is rendered once, in the order of its sources.
    if (!hasTokens(app)) expect(rendered.flatMap((one) => ('objects' in one ? one.objects : []))).toEqual(inOrder(was));
    return 'equal';
  }

  test('what is opened gives what Argo CD would render of what is not', () => {
    const all = new Map<string, number>();
    fc.assert(
      fc.property(randomApp, (app) => {
        const became = compare(app);
        all.set(became, (all.get(became) ?? 0) + 1);
      }),
      { numRuns: 24, interruptAfterTimeLimit: 500_000 },
    );
    // Most of it is compared.
    const equal = all.get('equal') ?? 0;
    expect(equal).toBeGreaterThan([...all.values()].reduce((sum, count) => sum + count, 0) / 2);
  });
});
