import { type FleetStart, outputIn, type StartFile } from '../fleet-start';

export const mainFile: StartFile = {
  path: 'main.ts',
  text: `import { synthesize } from 'cdk8s-fleet';

synthesize();
`,
};

export const cdk8sFile: StartFile = {
  path: 'cdk8s.yaml',
  text: `language: typescript
app: node --import tsx main.ts
# A scratch folder: cdk8s-cli empties it before every run. What is rendered is written by main.ts, to the path that the fleet says.
output: .cdk8s
`,
};

export function tsconfigFile({ testRunner }: FleetStart): StartFile {
  return {
    path: 'tsconfig.json',
    text: `{
  "compilerOptions": {
    "target": "es2023",
    "module": "nodenext",
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "isolatedModules": true,
    "skipLibCheck": true,
    "noEmit": true,
    "types": [${testRunner === 'jest' ? '"node", "jest"' : '"node"'}]
  },
  "include": ["main.ts", "config", "test"]
}
`,
  };
}

/** Lines of `.gitignore` that a fleet needs. */
export const ignoredLines: readonly string[] = ['node_modules/', '.cdk8s/'];

/** What a command that is killed may leave. */
const leftovers: readonly string[] = ['.*.fleet-staging*/', '.*.fleet-proof-*/', '.*.fleet-new'];

export const gitignoreFile: StartFile = { path: '.gitignore', text: `${[...ignoredLines, ...leftovers].join('\n')}\n` };

/** The line of `.gitattributes` that a fleet needs. */
export function attributeLine(start: FleetStart): string {
  return `${outputIn(start)}/** text eol=lf linguist-generated`;
}

export function gitattributesFile(start: FleetStart): StartFile {
  return {
    path: '.gitattributes',
    text: `# Rendered: compared byte by byte, folded in pull requests, and in a conflict rendered again (README.md).
${attributeLine(start)}
`,
  };
}
