import { join } from 'node:path';
import { fleetFromConfig } from '../../../constructs';
import { FleetError } from '../../../layers/problem';
import { recordFolder } from '../../../layers/record';
import { writeOutput } from '../../../store/output/write-output';
import { readConfig } from '../../../store/read/read-config';
import { tree, write } from '../../workspaces/temporary-folder';
import type { Campaign, Trial } from './campaign';
import { type ClusterSecret, judge } from './oracle/judge';
import { Random } from './random';
import { randomFleet } from './random-fleet';
import { typescriptForm } from './typescript-form';
import { yamlForm } from './yaml-form';

/** Random fleets, in TypeScript and where possible in YAML too: what is written is what the oracle says, and the same in both forms. */
export const fleets: Campaign = { name: 'fleets', run: async (trial) => fleet(trial) };

function fleet({ seed, folder }: Trial): readonly string[] {
  const random = new Random(seed);
  const model = randomFleet(random, random.oneIn(2));
  const secret = clusterSecret(random);
  const typescript = rendered(folder, 'typescript', typescriptForm(model));
  const broken = [...typescript.broken, ...typescript.judged((files) => judge(model, files, secret))];
  if (!model.hasYaml) return broken;
  const yaml = rendered(folder, 'yaml', yamlForm(model));
  return [...broken, ...yaml.broken, ...yaml.judged((files) => judge(model, files, secret)), ...different(typescript.files, yaml.files)];
}

interface Rendered {
  readonly files: Readonly<Record<string, string>>;
  readonly broken: readonly string[];
  /** What somebody says of the files, where there are any. */
  readonly judged: (judge: (files: Rendered['files']) => readonly string[]) => readonly string[];
}

function rendered(folder: string, form: string, config: Readonly<Record<string, string>>): Rendered {
  const [from, to] = [join(folder, form, 'config'), join(folder, form, 'dist')];
  write(from, config);
  try {
    writeOutput(to, fleetFromConfig(readConfig(from)).synth());
    const files = tree(to);
    const again = writeOutput(to, fleetFromConfig(readConfig(from)).synth());
    const broken = again.written.length + again.removed.length === 0 ? [] : [`${form}: rendered again, ${again.written.join(', ')} differ`];
    return { files, broken, judged: (judge) => judge(files).map((difference) => `${form}: ${difference}`) };
  } catch (cause) {
    if (!(cause instanceof FleetError)) throw cause;
    return { files: {}, broken: [`${form}: refused: ${cause.message}`], judged: () => [] };
  }
}

/** What Argo CD gets is the same, byte for byte, however the fleet is written down. */
function different(typescript: Rendered['files'], yaml: Rendered['files']): readonly string[] {
  const paths = [...new Set([...Object.keys(typescript), ...Object.keys(yaml)])].filter((path) => !path.startsWith(`${recordFolder}/`));
  return paths.filter((path) => typescript[path] !== yaml[path]).map((path) => `${path} is another in TypeScript than in YAML`);
}

const hostile = [
  'x',
  'a "b" \\c',
  "p: 'q'\n#",
  'v{{ .x }}',
  '日本 🎉',
  '`tick`',
  '- 1',
  'yes',
  '010',
  '<&>',
  'a\tb',
  '$1 $& $`',
  '\u0085',
  'x\u007f\u2028',
  '\ufeff',
];

/** A cluster whose values no manifest may be changed by. */
function clusterSecret(random: Random): ClusterSecret {
  const text = () => random.pick(hostile);
  return {
    name: text(),
    nameNormalized: 'cluster-1',
    server: `https://${random.int(1, 9)}.example.com`,
    metadata: { labels: { 'example.com/tier': text() }, annotations: { 'gcp-hcp/project-id': text(), 'vpc-id': text() } },
  };
}
