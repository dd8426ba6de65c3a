import type { TemplateKeys } from './template-keys';

/** What is read of the ApplicationSets that a wrapper chart makes. */
export const applicationSetTemplates: TemplateKeys = {
  kind: 'ApplicationSet',
  known: {
    spec: 'inner',
    'spec.goTemplate': 'values',
    'spec.goTemplateOptions': 'values',
    'spec.generators': 'whole',
    'spec.syncPolicy': 'plain',
    'spec.strategy': 'plain',
    'spec.preservedFields': 'plain',
    'spec.ignoreApplicationDifferences': 'plain',
    'spec.template': 'inner',
    'spec.template.metadata': 'inner',
    'spec.template.metadata.name': 'whole',
    'spec.template.metadata.labels': 'plain',
    'spec.template.metadata.annotations': 'plain',
    'spec.template.spec': 'inner',
    'spec.template.spec.project': 'values',
    'spec.template.spec.destination': 'inner',
    'spec.template.spec.destination.name': 'values',
    'spec.template.spec.destination.server': 'values',
    'spec.template.spec.destination.namespace': 'values',
    'spec.template.spec.syncPolicy': 'plain',
    'spec.template.spec.ignoreDifferences': 'plain',
    'spec.template.spec.sources': 'inner',
    'spec.template.spec.sources.ref': 'whole',
    'spec.template.spec.sources.repoURL': 'values',
    'spec.template.spec.sources.targetRevision': 'values',
    'spec.template.spec.sources.path': 'values',
    'spec.template.spec.sources.chart': 'values',
    'spec.template.spec.sources.helm': 'inner',
    'spec.template.spec.sources.helm.releaseName': 'values',
    'spec.template.spec.sources.helm.ignoreMissingValueFiles': 'values',
    'spec.template.spec.sources.helm.valuesObject': 'plain',
    // Of what is installed beside a component for its identity.
    'spec.template.spec.sources.helm.valuesObject.clusterName': 'whole',
    'spec.template.spec.sources.helm.valuesObject.namespace': 'whole',
    'spec.template.spec.sources.helm.valueFiles': 'whole',
  },
  alike:
    /^(?:goTemplate: true|goTemplateOptions: \[['"]?missingkey=error['"]?\]|preserveResourcesOnDeletion: true|project: ['"]?default['"]?|ignoreMissingValueFiles: true)$/,
};

/** A key of the entry in the secret manager as it is. */
const keyOfEntry = (key: string) => new RegExp(`^[^:]*\\.${key}\\b[^:]*$`);

/** What is read of the ExternalSecrets that the chart of cluster secrets makes. */
export const externalSecretTemplates: TemplateKeys = {
  kind: 'ExternalSecret',
  known: {
    spec: 'inner',
    'spec.refreshInterval': 'values',
    'spec.secretStoreRef': 'inner',
    'spec.secretStoreRef.name': 'values',
    'spec.secretStoreRef.kind': 'values',
    'spec.target': 'inner',
    'spec.target.name': 'whole',
    'spec.target.creationPolicy': 'values',
    'spec.target.deletionPolicy': 'values',
    'spec.target.template': 'inner',
    'spec.target.template.type': 'values',
    'spec.target.template.engineVersion': 'values',
    'spec.target.template.metadata': 'inner',
    'spec.target.template.metadata.name': 'whole',
    'spec.target.template.metadata.labels': 'values',
    'spec.target.template.metadata.annotations': 'values',
    'spec.target.template.data': 'inner',
    'spec.target.template.data.name': 'whole',
    'spec.target.template.data.server': keyOfEntry('server'),
    'spec.target.template.data.config': keyOfEntry('config'),
    'spec.dataFrom': 'inner',
    'spec.dataFrom.extract': 'inner',
    'spec.dataFrom.extract.key': 'whole',
    'spec.dataFrom.extract.conversionStrategy': 'values',
    'spec.dataFrom.extract.decodingStrategy': 'values',
    'spec.dataFrom.extract.metadataPolicy': 'values',
  },
  alike:
    /^(?:refreshInterval: ['"]?1h(?:0m0s)?['"]?|creationPolicy: Owner|deletionPolicy: Retain|type: Opaque|engineVersion: ['"]?v2['"]?|argocd\.argoproj\.io\/secret-type: ['"]?cluster['"]?|conversionStrategy: Default|(?:decodingStrategy|metadataPolicy): None)$/,
};
