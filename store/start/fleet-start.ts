/** What a new fleet looks like. */
export const shapes = ['regions', 'hubs', 'yaml'] as const;
export type Shape = (typeof shapes)[number];

/** Who runs the pipeline. */
export const pipelines = ['github', 'gitlab', 'none'] as const;
export type Pipeline = (typeof pipelines)[number];

/** What installs packages and runs their programs. */
export const packageManagers = ['npm', 'pnpm', 'yarn'] as const;
export type PackageManager = (typeof packageManagers)[number];

/** What runs the tests. */
export type TestRunner = 'jest' | 'vitest';

/** Everything that the files of a new fleet depend on, decided. */
export interface FleetStart {
  readonly shape: Shape;
  /** The Git repository as Argo CD reaches it. */
  readonly repository: string;
  /** The folder of rendered output, from the top of the repository. */
  readonly path: string;
  /** The folder of the fleet, from the top of the repository; `''` where it is the top. */
  readonly folder: string;
  readonly pipeline: Pipeline;
  readonly packageManager: PackageManager;
  readonly testRunner: TestRunner;
  /** Of this package. */
  readonly version: string;
}

/** A file that a new fleet has. */
export interface StartFile {
  /** From the folder of the fleet. */
  readonly path: string;
  readonly text: string;
}

/** The folder of rendered output, from the folder of the fleet. */
export function outputIn({ folder, path }: Pick<FleetStart, 'folder' | 'path'>): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
