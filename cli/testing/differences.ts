import type { TestedFleet } from './tested-fleet';
import type { TestedFile, TestedTarget } from './tested-target';

/** A file that one fleet renders otherwise than another. */
export class Difference {
  /**
   * @param path   the file's, from the target's folder
   * @param before what it held. @default - it was not there
   * @param after  what it holds. @default - it is not there any more
   */
  constructor(
    readonly target: TestedTarget,
    readonly path: string,
    readonly before?: TestedFile['document'],
    readonly after?: TestedFile['document'],
  ) {}

  /** `changed management-cluster at stage/stage-sector-1/us-east1: templates/cert-manager.yaml` */
  toString(): string {
    const how = this.before === undefined ? 'added' : this.after === undefined ? 'removed' : 'changed';
    return `${how} ${this.target}: ${this.path}`;
  }
}

/** Every file that two fleets do not have in common, target by target. */
export function differences(before: TestedFleet, after: TestedFleet): readonly Difference[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Map([...old, ...now])].flatMap(([name, target]) => {
    const [was, is] = [documentsOf(old.get(name)), documentsOf(now.get(name))];
    return [...new Set([...was.keys(), ...is.keys()])]
      .filter((path) => JSON.stringify(was.get(path)) !== JSON.stringify(is.get(path)))
      .map((path) => new Difference(target, path, was.get(path), is.get(path)));
  });
}

function byName({ targets }: TestedFleet): ReadonlyMap<string, TestedTarget> {
  return new Map(targets.map((target) => [`${target.clusterType}/${target.path}`, target]));
}

function documentsOf(target: TestedTarget | undefined): ReadonlyMap<string, TestedFile['document']> {
  return new Map((target?.files ?? []).map(({ path, document }) => [path, document]));
}
