import { Command } from 'commander';
import { fileKinds } from '../../constructs/from-config/yaml-schema/file-kinds';
import { type Done, printJson } from '../print/print';

export function schemaCommand(done: Done): Command {
  return new Command('schema')
    .description('print the JSON Schema that editors check the files of a YAML fleet by')
    .argument('[kind]', `${Object.keys(fileKinds).join(', ')}; without it, one schema of all`)
    .option('--json', 'what it prints is JSON in any case')
    .addHelpText(
      'after',
      `
Writes nothing. The YAML extension of an editor finds a schema by a comment at the top of a file,
  # yaml-language-server: $schema=../../../schemas/values.json
or by its settings:
  "yaml.schemas": { "schemas/values.json": "config/*/*/values.yaml" }

Example:
  $ npx fleet schema values > schemas/values.json`,
    )
    .action((kind: string | undefined) => {
      // Loaded here and not above: no other command needs these.
      const { yamlSchema } =
        require('../../constructs/from-config/yaml-schema/yaml-schema') as typeof import('../../constructs/from-config/yaml-schema/yaml-schema');
      const { rendered } = require('../../store/yaml-fleet/rendered-fields') as typeof import('../../store/yaml-fleet/rendered-fields');
      printJson(yamlSchema(kind, rendered));
      done(0);
    });
}
