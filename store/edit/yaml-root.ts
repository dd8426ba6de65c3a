import { yamlText } from './add-app';

/** What an ApplicationSet that deploys a cluster type is made of. */
export interface YamlRoot {
  readonly clusterType: string;
  readonly repository: string;
  readonly revision: string;
  /** The folder of rendered output. */
  readonly path: string;
  readonly labelPrefix: string;
  /** In the singular, from the outermost in. */
  readonly dimensions: readonly string[];
}

/** The ApplicationSet that deploys a cluster type, as a fleet in YAML writes it: by hand. */
export function yamlRoot({ clusterType, repository, revision, path, labelPrefix, dimensions }: YamlRoot): string {
  const of = (dimension: string) => `{{ .Values.cluster.${dimension} }}`;
  const selected = dimensions.map((dimension) => `              ${labelPrefix}/${dimension}: '${of(dimension)}'\n`).join('');
  const folder = [path, clusterType, ...dimensions.map(of)].join('/');
  return `# Brings every app of ${clusterType}: each cluster with these labels gets what its target renders.
applicationsets:
  ${clusterType}-root:
    goTemplate: true
    generators:
      - clusters:
          selector:
            matchLabels:
              ${labelPrefix}/cluster-type: ${clusterType}
${selected}    # A cluster that stops matching is no longer managed; what runs on it stays.
    syncPolicy:
      preserveResourcesOnDeletion: true
    template:
      metadata:
        name: '${clusterType}-{{.nameNormalized}}'
        annotations:
          argocd.argoproj.io/manifest-generate-paths: .
      spec:
        project: default
        source:
          repoURL: ${yamlText(repository).trimEnd()}
          targetRevision: ${yamlText(revision).trimEnd()}
          path: '${folder.replaceAll("'", "''")}'
          helm:
            releaseName: ${clusterType}
            # What apps may ask of their cluster: {{\`{{ .Values.cluster.name }}\`}}
            valuesObject:
              cluster:
                name: '{{.name}}'
        destination:
          name: '{{.name}}'
          namespace: argocd
        syncPolicy:
          automated:
            prune: true
            selfHeal: true
          # A new cluster is not ready at once; each try is of the newest commit.
          retry:
            limit: -1
            refresh: true
            backoff:
              duration: 10s
              factor: 2
              maxDuration: 3m
`;
}
