import { Command } from 'commander';
import type { Done } from '../../print/print';
import { withFetchOptions } from './fetch-charts';

export function importCommand(done: Done): Command {
  return withFetchOptions(
    new Command('import').description('fetch the Helm charts that apps name, in every version, and write the types of their values'),
    done,
    'import',
  ).addHelpText(
    'after',
    `
Writes imports/charts/ beside the configuration, to be committed: the archives, lock.json with their digests, and CHART.ts
with the types of the values of all versions that the base, overrides and patches name. An app says that its values are
those of a chart by one word: \`satisfies FleetAppConfig<CertManagerValues>\`. \`fleet check\` then tells values that a version
does not know, too. The installed \`helm\` fetches charts; what is there already, and folders, need none. Without types:
\`fleet charts pull\`.

Example:
  $ npx fleet import
  $ npx fleet import cert-manager
  $ npx fleet import podinfo --repo https://stefanprodan.github.io/podinfo --version 6.7.1
  $ npx fleet import oci://ghcr.io/stefanprodan/charts/podinfo --version 6.7.1
  $ npx fleet import ./charts/namespaces`,
  );
}
