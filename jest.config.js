/** @type {import('jest').Config} */
module.exports = {
  globalSetup: '<rootDir>/test/run-setup.ts',
  globalTeardown: '<rootDir>/test/run-teardown.ts',
  // That of Node, with a process that runs commands.
  testEnvironment: '<rootDir>/test/fleet-environment.ts',
  // Much of a test's time is spent waiting for the programs that it starts.
  maxWorkers: '100%',
  // A busy machine is slow, and no test is about time: this ends what hangs.
  testTimeout: 120_000,
  roots: ['<rootDir>/test'],
  // What is packed has a package.json of the same name.
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  // Configuration in temporary folders imports the package by name, as a user's does.
  moduleNameMapper: {
    '^cdk8s-fleet$': '<rootDir>/cli/entry/index.ts',
    '^cdk8s-fleet/testing$': '<rootDir>/cli/testing/index.ts',
    '^fast-check$': '<rootDir>/test/fast-check.js',
  },
};
