import fc from 'fast-check';
import { parse } from 'yaml';
import { healthyText } from '../../rollout/move-step';
import { examples, Workspace } from '../workspaces/workspace';
import { interpret } from './argo-cd';
import { models, render } from './random-hub-fleet';
import { dist, renderedExample } from './rendered-example';

/** How many a plan says that there will be. */
const counted = (text: string) => Number(/^(\d+) of them/.exec(text)?.[1] ?? 0);

test('a plan counts the Applications that its own command shows: of a group, and of a whole spoke, its root with them', () => {
  fc.assert(
    fc.property(models({ maxSpokes: 4 }), (model) => {
      const { output, files } = render(model);
      const { applications } = interpret(files);
      for (const member of output.members) {
        if (member.kind === 'hub') continue;
        const of = { ...member, file: '', namespaces: { hub: '', own: '' }, credentials: [] };
        const shown = (labels: { readonly [label: string]: string }) =>
          applications.filter(({ metadata }) => Object.entries(labels).every(([label, value]) => metadata.labels[label] === value)).length;
        expect([member.name, counted(healthyText(of))]).toEqual([member.name, shown({ 'fleet/cluster': member.name })]);
        for (const group of Object.keys(member.releases)) {
          expect([group, counted(healthyText(of, group))]).toEqual([group, shown({ 'fleet/cluster': member.name, 'fleet/group': group })]);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('what is taken away with the Argo CD of a spoke is all that was rendered of External Secrets for it', () => {
  const kinds = [...renderedExample()].flatMap(([path, text]) => {
    if (!path.startsWith(`${dist}/spokes/tenant2-prod-workload1/`) || path.includes('/values/') || !path.endsWith('.yaml')) return [];
    const { apiVersion, kind } = parse(text);
    return /external-secrets\.io/.test(apiVersion) ? [`${String(kind).toLowerCase()}s`] : [];
  });
  const workspace = new Workspace({});
  try {
    const { stdout } = workspace.fleet('retire', 'tenant2-prod-workload1', '--config', examples.hub);
    const [, said = ''] = /delete (\S+) --all/.exec(stdout) ?? [];
    expect(said.split(',').sort()).toEqual([...new Set(kinds)].sort());
    expect(said).toMatch(/^externalsecrets,.*ecrauthorizationtokens/);
  } finally {
    workspace.remove();
  }
});
