import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { State } from '../../../changes/state';
import { configState } from '../../../cli/read/state/config-state';
import { stateOfHubOutput } from '../../../cli/read/state/hub-state';
import type { FleetOutput } from '../../../constructs';
import { Repository } from '../../../store/git/repository';
import { texts } from '../../../store/output/output-folder';
import { readOutput, stateOfOutput } from '../../../store/state/git-state';
import { GitFolder } from '../../workspaces/git-folder';
import { write } from '../../workspaces/temporary-folder';

/** The output folder of a repository, as commits follow one another. */
export class CommittedOutput {
  readonly #git: GitFolder;
  #hour = 0;

  /** @param init what else `git init` is told */
  constructor(folder: string, ...init: readonly string[]) {
    this.#git = new GitFolder(folder, ...init);
  }

  get repository(): Repository {
    return Repository.find(this.#git.path);
  }

  /** Commits what a fleet renders. @returns what Git recorded, and what was rendered, as states */
  states(output: FleetOutput): readonly [recorded: State, rendered: State] {
    const recorded = this.#recorded(Object.fromEntries([...texts(output)].map(({ path, text }) => [path, text])), []);
    return [recorded, configState(output, { like: this.#git.git('rev-parse', 'HEAD').trim() })];
  }

  /** The same of output that another version wrote, which recorded no sequence. */
  formerStates(output: FleetOutput, former: Readonly<Record<string, string>>) {
    const rendered = configState(output);
    return { recorded: this.#recorded(former, rendered.fleet.sequence), rendered };
  }

  #recorded(files: Readonly<Record<string, string>>, sequence: readonly string[]): State {
    const folder = join(this.#git.path, 'dist');
    rmSync(folder, { recursive: true, force: true });
    write(folder, files);
    this.#hour += 1;
    this.#git.commit(this.#hour);
    const recorded = readOutput(this.repository, 'HEAD', folder, { dimensions: [], sequence });
    if (!recorded) throw new Error('nothing was recorded');
    return (recorded.fleet.topology === 'dimensions' ? stateOfOutput : stateOfHubOutput)('HEAD', recorded);
  }
}

/** A state as data that tells two of them apart: targets, files with their ids and contents, and every layer that records name. */
export function stateData(state: State) {
  const contents = state.read(state.files);
  const files = state.files.map(({ clusterType, target, path, id }, index) => ({ file: `${clusterType} ${target} ${path}`, id, content: contents[index] }));
  return {
    fleet: state.fleet,
    targets: [...state.targets],
    files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    records: state.records.map((record) => ({ ...record, read: undefined, layers: layersOf(state, record) })).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  };
}

function nameOf({ clusterType, app }: { readonly clusterType: string; readonly app: string }): string {
  return `${clusterType} ${app}`;
}

/** Every field of an app at every target, with its layer. */
function layersOf({ targets, fleet }: State, { clusterType, read }: State['records'][number]): readonly string[] {
  const reader = read();
  const places = targets.get(clusterType) ?? fleet.sequence;
  const fields = [...reader.fields].sort();
  return places.flatMap((target) => [
    `${target} ${reader.isRendered(target) ? 'is rendered' : 'is not rendered'}`,
    ...fields.map((field) => `${target} ${field}: ${reader.layerOf(field, target)}`),
  ]);
}
