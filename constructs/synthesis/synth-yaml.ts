import { Yaml } from 'cdk8s';
import { mapStrings, showTokens } from '../../layers/text/token';
import type { FleetOutput } from './fleet-output';

/** Every manifest that is written, as one text of YAML documents; a cluster token shows as the expression that it stands for. */
export function synthYaml(output: FleetOutput): string {
  const documents = [...output].flatMap(({ files }) => files.flatMap((file) => (file.kind === 'template' || file.kind === 'manifest' ? [file.document] : [])));
  // A copy of each: what a document says twice is no reason for an anchor.
  return Yaml.stringify(...documents.map((document) => JSON.parse(JSON.stringify(mapStrings(document, showTokens)))));
}
