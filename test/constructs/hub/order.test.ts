import fc from 'fast-check';
import { parse } from 'yaml';
import { texts } from '../../../store/output/output-folder';
import { addons, buildHubFleet, certManager, dns, type HubContent, hubProblemsOf, withAddons } from '../../builders/hub-builder';
import { type Mistake, reportsEach } from './mistake';

const file = 'config/addons/dns.ts';
const on = { enabled: true, overrides: {} };

function needing(after: unknown, more: object = {}, needed: object = on): HubContent {
  return withAddons({ components: { ...addons.components, 'cert-manager': { ...certManager, ...needed }, dns: { ...dns, ...on, after, ...more } } });
}

const mistakes: readonly Mistake[] = [
  ['what is no list', needing('cert-manager'), { code: 'wrong-type', file, at: 'after' }],
  [
    'a component that is misspelt',
    needing(['cert-manger']),
    {
      code: 'unknown-component',
      file,
      at: 'after.0',
      message: "'dns' needs 'cert-manger', which is no component of the fleet",
      hint: "did you mean 'cert-manager'?",
    },
  ],
  [
    'one that is named twice',
    needing(['cert-manager', 'cert-manager']),
    { code: 'duplicate-name', file, at: 'after.1', message: "'dns' names 'cert-manager' twice" },
  ],
  ['a component that needs itself', needing(['dns']), { code: 'order', file, at: 'after.0', message: "'dns' needs itself", found: 'dns → dns' }],
  [
    'two components that need each other',
    needing(['cert-manager'], {}, { ...on, after: ['dns'] }),
    {
      code: 'order',
      file: 'config/addons/cert-manager.ts',
      at: 'after.0',
      message: 'cert-manager and dns need each other',
      found: 'cert-manager → dns → cert-manager',
    },
  ],
  [
    'a component that nobody gets',
    needing(['cert-manager'], {}, { enabled: false, overrides: {} }),
    { code: 'order', file, at: 'after.0', message: "'dns' needs 'cert-manager', which is deployed nowhere", targets: 3 },
  ],
  [
    'a component that a cluster lacks',
    needing(['cert-manager'], {}, { enabled: true, overrides: { 'shop/prod': { enabled: false } } }),
    {
      code: 'order',
      severity: 'warning',
      file,
      at: 'after.0',
      message: "'dns' needs 'cert-manager', which is not deployed there",
      target: 'addons/shop/prod/spoke-2',
      targets: 1,
      hint: "enable 'cert-manager' there first, or disable 'dns'",
    },
  ],
  [
    'a layer that says it',
    needing(undefined, { overrides: { '*': { after: ['cert-manager'] } } }),
    { code: 'component-field', file, at: 'overrides.*.after', message: "'after' of 'dns' is not layered" },
  ],
];

describe('of what a component needs, reported is', () => reportsEach(mistakes));

test('what is there, or needed where nobody gets the component, is no mistake', () => {
  expect(hubProblemsOf(needing(['cert-manager']))).toEqual([]);
  expect(hubProblemsOf(needing(['cert-manager'], { enabled: false }, { enabled: false, overrides: {} }))).toEqual([]);
  expect(hubProblemsOf(needing(['argo-cd', 'cert-manager'], { enabled: false }))).toEqual([]);
});

test('many components that need each other on one way around are one message, whatever they are called', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-c]{1,3}$/), { minLength: 2, maxLength: 6 }), (names) => {
      const components = Object.fromEntries(names.map((name, index) => [name, { ...dns, after: [names[(index + 1) % names.length]] }]));
      const problems = hubProblemsOf(withAddons({ components: { ...addons.components, ...components } }));
      expect(problems.map(({ code }) => code)).toEqual(['order']);
      for (const name of names) expect(problems[0]?.found).toContain(name);
    }),
    { numRuns: 40 },
  );
});

/** The sync options of the Applications of dns. */
function optionsOf(content: HubContent): unknown {
  const found = [...texts(buildHubFleet(content).synth())].find(({ path }) => path === 'hubs/hub-1/argocd/applicationsets/addons/dns.yaml');
  return parse(found?.text ?? '').spec.template.spec.syncPolicy.syncOptions;
}

test('Applications of what needs something do not fail for definitions that come later, unless they say it themselves', () => {
  expect(optionsOf(needing(undefined))).toEqual(['CreateNamespace=true']);
  expect(optionsOf(needing([]))).toEqual(['CreateNamespace=true']);
  expect(optionsOf(needing(['cert-manager']))).toEqual(['CreateNamespace=true', 'SkipDryRunOnMissingResource=true']);
  const said = (syncOptions: readonly string[]) => optionsOf(needing(['cert-manager'], { syncPolicy: { automated: {}, syncOptions } }));
  expect(said(['SkipDryRunOnMissingResource=false'])).toEqual(['SkipDryRunOnMissingResource=false']);
  expect(said(['ServerSideApply=true'])).toEqual(['ServerSideApply=true', 'SkipDryRunOnMissingResource=true']);
});
