import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KustomizeTold } from '../../layers/charts/chart-input';
import { HydrateRepository, inputOf, problemsOf } from '../store/hydrate/hydrate-builder';
import { describeWithKustomize } from './helm';

jest.setTimeout(300_000);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1}]}
`;
const files = {
  'apps/base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator:\n- name: settings\n  files: [settings.txt]\n',
  'apps/base/web.yaml': deployment,
  'apps/base/settings.txt': 'a=1\n',
  'apps/prod/kustomization.yaml': 'resources: [../base]\npatches:\n- path: patch.yaml\n',
  'apps/prod/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
  'apps/parts/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {part: here}\n',
};

describeWithKustomize('folders with the real Kustomize', () => {
  let repository: HydrateRepository;

  beforeEach(() => {
    repository = new HydrateRepository();
    repository.write(files);
  });
  afterEach(() => repository.remove());

  const render = (folder: string, told: Partial<KustomizeTold> = {}) =>
    repository.renderer().render([inputOf({ id: { folder }, kustomize: { edits: [], patches: [], components: [], ...told } })])[0];

  /** What Kustomize gives, called by the test as Argo CD calls it. */
  function expected(folder: string, edits: readonly (readonly string[])[]): unknown {
    const copy = mkdtempSync(join(tmpdir(), 'fleet-kustomize-'));
    try {
      cpSync(repository.path, copy, { recursive: true });
      for (const edit of edits) expect(spawnSync('kustomize', ['edit', ...edit], { cwd: join(copy, folder) }).status).toBe(0);
      const { stdout } = spawnSync('kustomize', ['build', join(copy, folder)], { cwd: copy, encoding: 'utf8' });
      return parseAllDocuments(stdout).map((document) => document.toJS());
    } finally {
      rmSync(copy, { recursive: true });
    }
  }

  test.each<readonly [string, readonly (readonly string[])[]]>([
    ['nothing', []],
    [
      'prefix and suffix',
      [
        ['set', 'nameprefix', '--', 'a-'],
        ['set', 'namesuffix', '--', '-z'],
      ],
    ],
    [
      'images and replicas',
      [
        ['set', 'image', 'web=example.com/web:2'],
        ['set', 'replicas', 'web=5'],
      ],
    ],
    ['labels', [['add', 'label', '--force', '--without-selector', '--include-templates', 'app:b', 'team:a']]],
    [
      'annotations and a namespace',
      [
        ['add', 'annotation', '--force', 'note:x y'],
        ['set', 'namespace', '--', 'own'],
      ],
    ],
  ])('options are applied as by Argo CD: %s', (_, edits) => {
    const objects = expected('apps/prod', edits);
    expect(objects).toHaveLength(2);
    expect(render('apps/prod', { edits })).toEqual({ objects });
  });

  test('components and patches are added', () => {
    const objects = expected('apps/prod', [['add', 'component', '../parts']]);
    expect(render('apps/prod', { components: ['../parts'] })).toEqual({ objects });
    const patch = { target: { kind: 'Deployment' }, patch: '- {op: replace, path: /spec/replicas, value: 7}' };
    expect(render('apps/prod', { patches: [patch] })).toMatchObject({
      objects: expect.arrayContaining([expect.objectContaining({ spec: expect.objectContaining({ replicas: 7 }) })]),
    });
  });

  test('it runs no plugins, no helm and no program', () => {
    repository.write({
      'charts/kustomization.yaml': 'helmCharts:\n- name: web\n  repo: https://charts.example.com\n  version: 1.0.0\n',
      'exec/kustomization.yaml': 'generators: [g.yaml]\n',
      'exec/g.yaml':
        'apiVersion: example.com/v1\nkind: X\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/function: |\n      exec:\n        path: ./run.sh\n',
      'exec/run.sh': '#!/bin/sh\ntouch ran\n',
      'missing/kustomization.yaml': 'resources: [x.yaml]\npatches:\n- path: none.yaml\n',
      'missing/x.yaml': deployment,
    });
    for (const [folder, said] of [
      ['charts', /enable-helm/],
      ['exec', /plugins|enable-alpha-plugins|exec/],
      ['missing', /none\.yaml/],
    ] as const) {
      const [problem] = problemsOf(render(folder));
      expect(problem).toMatchObject({ code: 'chart-render', message: `Kustomize cannot build the folder '${folder}'`, found: expect.stringMatching(said) });
      expect(JSON.stringify(problem)).not.toContain('fleet-helm-');
    }
  });
});
