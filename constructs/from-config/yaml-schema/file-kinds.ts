/** The kinds of files of a fleet in YAML, and where they lie. */
export const fileKinds = {
  config: 'config.yaml',
  exemptions: 'exemptions.yaml',
  defaults: '{cluster type}/defaults.yaml',
  values: '{cluster type}/{component}/values.yaml',
  metadata: '{cluster type}/{component}/metadata.yaml',
  override: '{cluster type}/{component}/{path}/override.yaml',
  patch: '{cluster type}/{component}/{path}/patch-*.yaml',
} as const;

export type FileKind = keyof typeof fileKinds;
