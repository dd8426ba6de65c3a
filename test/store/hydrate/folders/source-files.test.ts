import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartInput } from '../../../../layers/charts/chart-input';
import { hashOf } from '../../../../store/files/journal';
import { packedChart } from '../../../builders/chart-builder';
import { HydrateRepository, inFolder, inputOf, problemsOf } from '../hydrate-builder';

let repository: HydrateRepository;

beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
  repository.write({ '.bin/kustomize': '#!/bin/sh\nif [ "$1" = version ]; then echo v5.9.9; exit; fi\n' });
  chmodSync(join(repository.path, '.bin/kustomize'), 0o755);
});
afterEach(() => repository.remove());

const problems = (input: ChartInput) => problemsOf(repository.renderer().render([input])[0]);
const refused = (path: string) => [
  { code: 'hydrate', message: `'${path}' changes what Argo CD renders there, and is not read here`, hint: expect.any(String) },
];

test.each(['.argocd-source.yaml', '.argocd-source-web.yaml', '.argocd-source-argocd_web.yaml'])('a source that Argo CD changes by %s is refused', (name) => {
  repository.script('web', `echo '{apiVersion: v1, kind: X, metadata: {name: a}}'`);
  repository.write({ [`charts/web/files/${name}`]: '', 'apps/base/kustomization.yaml': '' });
  repository.write({ 'apps/web/kustomization.yaml': `resources: [../base]\n# ${repository.path}\n`, [`apps/base/${name}`]: '' });
  const kustomize = inputOf({ id: { folder: 'apps/web' }, kustomize: { edits: [], patches: [], components: [] } });
  // Deeper down, and in what a kustomization names, Argo CD looks for none.
  expect([problems(inFolder('web')), problems(kustomize)]).toEqual([[], []]);
  repository.write({ [`charts/web/${name}`]: 'helm: {}\n', [`apps/web/${name}`]: 'kustomize: {}\n' });
  expect([problems(inFolder('web')), problems(kustomize)]).toEqual([refused(`charts/web/${name}`), refused(`apps/web/${name}`)]);
});

test('so is a packed chart that holds one', () => {
  const chart = packedChart({ name: 'web', version: '1.0.0', files: { '.argocd-source.yaml': `# ${repository.path}\n` } });
  const archive = 'archives/charts.example.com/web-1.0.0.tgz';
  const id = { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' };
  repository.write({ 'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [{ ...id, archive, sha256: hashOf(chart) }] }) });
  repository.write({ [`imports/charts/${archive}`]: chart });
  expect(problems(inputOf({ id }))).toEqual(refused('web 1.0.0/.argocd-source.yaml'));
});
