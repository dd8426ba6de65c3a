import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { HelmRenderer, type HelmRendererOptions } from '../../../store/hydrate/helm-renderer';

/** An input with what a test leaves out. */
export function inputOf(parts: Partial<ChartInput> = {}): ChartInput {
  return {
    id: { folder: 'charts/web' },
    releaseName: 'web',
    namespace: 'shop',
    values: [],
    parameters: [],
    skipCrds: false,
    skipTests: false,
    skipSchemaValidation: false,
    apiVersions: [],
    ...parts,
  };
}

/** The input for a chart in a folder of that name. */
export function inFolder(name: string, parts: Partial<ChartInput> = {}): ChartInput {
  return inputOf({ id: { folder: `charts/${name}` }, ...parts });
}

/** A repository with charts, and a cache of its own. */
export class HydrateRepository {
  readonly path = mkdtempSync(join(tmpdir(), 'fleet-hydrate-'));
  readonly cache = join(this.path, '.cache');
  readonly #path = process.env.PATH;

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), content);
    }
  }

  /** Templates of a chart in a folder, by their names. */
  chart(name: string, templates: Readonly<Record<string, string>>, others: Readonly<Record<string, string>> = {}): void {
    const files = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`, ...others };
    for (const [path, text] of Object.entries(files)) this.write({ [`charts/${name}/${path}`]: text });
    for (const [path, text] of Object.entries(templates)) this.write({ [`charts/${name}/templates/${path}`]: text });
  }

  /** A chart that is a script for the stand-in: what it prints is what Helm prints. No other test has the same. */
  script(name: string, script: string): void {
    this.chart(name, {}, { 'run.sh': `${script}\n# ${this.path}\n` });
  }

  /** One that waits for no second run, unless it is told to. */
  renderer(options: HelmRendererOptions = {}): HelmRenderer {
    return new HelmRenderer(join(this.path, 'config'), this.path, { cache: this.cache, pause: 0, ...options });
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  /** Puts a stand-in for Helm first on the PATH: it runs the `run.sh` of a chart, and keeps what it was asked. */
  standIn(version = 'v3.99.0'): void {
    this.program(`echo "$@" >> '${this.path}/asked'
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"${version}"}'; exit; fi
if [ -d "$2" ]; then . "$2/run.sh"; else echo '{apiVersion: v1, kind: Archive, metadata: {name: a}}'; fi
`);
  }

  /** Puts a program that is called `helm` first on the PATH. */
  program(script: string): void {
    this.write({ '.bin/helm': `#!/bin/sh\n${script}` });
    chmodSync(join(this.path, '.bin/helm'), 0o755);
    process.env.PATH = [join(this.path, '.bin'), this.#path].join(delimiter);
  }

  /** What the stand-in was asked since the last time. */
  asked(): readonly string[] {
    try {
      const asked = readFileSync(join(this.path, 'asked'), 'utf8').trim().split('\n');
      rmSync(join(this.path, 'asked'));
      return asked;
    } catch {
      return [];
    }
  }

  remove(): void {
    process.env.PATH = this.#path;
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The problems of what was rendered, without what everybody knows. */
export function problemsOf(rendered: ChartObjects | undefined): readonly unknown[] {
  return rendered && 'problems' in rendered ? rendered.problems : [];
}

/** An object as Helm prints it. */
export function printed(name: string, rest = ''): string {
  return `---\n# Source: web/templates/${name}.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;
}
