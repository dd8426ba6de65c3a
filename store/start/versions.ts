/** What the packages of a new fleet are asked for at: those that this one is built and tested with (a test compares them). */
export const testedVersions = {
  '@swc/core': '1.16.18',
  '@swc/jest': '^0.2.39',
  '@types/jest': '^30.0.0',
  '@types/node': '^20.19.43',
  cdk8s: '^2.70.106',
  'cdk8s-cli': '^2.207.60',
  constructs: '^10.8.1',
  jest: '^30.5.2',
  tsx: '^4.23.15',
  typescript: '^7.0.2',
} as const;
