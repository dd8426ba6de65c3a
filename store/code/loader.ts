import Module from 'node:module';

export interface LoadedModule {
  readonly filename: string | null;
  readonly loaded: boolean;
  readonly exports: object;
}

/** What Node's loader of CommonJS modules, which is the one that tsx extends, lets others replace. */
interface Loader {
  readonly _extensions: Record<string, (this: unknown, module: LoadedModule, filename: string) => unknown>;
  _resolveFilename(this: unknown, request: string, parent?: LoadedModule, ...rest: unknown[]): string;
  readonly prototype: {
    load(this: LoadedModule, filename: string): void;
    _compile(this: LoadedModule, code: string, filename: string, ...rest: unknown[]): unknown;
  };
}

/** A part of Node that its types leave out. */
export const loader = Module as unknown as Loader;
