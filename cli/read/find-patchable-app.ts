import { FleetError, type FleetOutput } from '../../constructs';
import { findApp, findClusterType } from './find-app';

/** An app that a patch may be written for. */
export interface PatchableApp {
  readonly clusterType: string;
  /** The name that the command line gives. */
  readonly wanted: string;
  /** The name of its file. */
  readonly group: string;
  readonly view: ReturnType<FleetOutput['apps']>[number];
  /** The file that a patch is written into. */
  readonly file: string;
}

/**
 * An app by its own name, or by that of the file in which it is alone: the patch of a member of several is one of the file.
 *
 * @throws FleetError where there is none, or none in a file
 */
export function findPatchableApp(output: FleetOutput, clusterTypeName: string, appName: string): PatchableApp {
  const clusterType = findClusterType(output, clusterTypeName);
  const names = output.appNames(clusterType);
  const members = names.flatMap((name) => output.apps(clusterType, name).map((view) => ({ file: name, view })));
  const wanted = findApp(output, clusterType, appName, [...new Set([...names, ...members.map(({ view }) => view.name)])]);
  const [member] = members.filter(({ file, view }) => view.name === wanted || (file === wanted && !view.isGroup));
  if (member) return { clusterType, wanted, group: member.file, view: member.view, file: fileOf(clusterType, wanted, member.view.file) };
  const own = members.filter(({ file }) => file === wanted).map(({ view }) => view.name);
  throw new FleetError([{ code: 'rollout', message: `${wanted} holds several apps`, expected: `one of ${own.join(', ')}` }]);
}

function fileOf(clusterType: string, app: string, file: string | undefined): string {
  if (file === undefined) throw new FleetError([{ code: 'cannot-edit', message: `${app} is declared in code`, hint: 'declare the patch there' }]);
  if (/\.(ts|yaml)$/.test(file)) return file;
  const message = `${clusterType} has no ${app}.ts: it has one release, called default`;
  const hint = 'write the file, with the releases that there shall be, and then the patch';
  throw new FleetError([{ code: 'cannot-edit', message, file, place: [], hint }]);
}
