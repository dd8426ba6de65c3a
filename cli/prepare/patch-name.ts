import { FleetError, type FleetOutput } from '../../constructs';
import { patchName } from '../../constructs/check/allowed-names';

/** `patch-003` behind `patch-002`. */
export function nextName(taken: readonly string[]): string {
  const numbers = taken.flatMap((name) => (/^patch-\d+$/.test(name) ? [Number(name.slice('patch-'.length))] : []));
  return `patch-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

/**
 * The patches that a new one of an app comes after: its own; in a group of components, those of its releases and of all its
 * components, for a release changes what they are, and names say which patch is the newer one.
 */
export function patchesBefore(output: FleetOutput, clusterType: string, apps: readonly { readonly patches: readonly string[] }[]): readonly string[] {
  const all = output.hasMembers ? output.patches().flatMap(({ state }) => (state.clusterType === clusterType ? [state.patch] : [])) : [];
  return [...new Set([...apps.flatMap(({ patches }) => patches), ...all])];
}

/**
 * @param app what the command line calls it
 * @throws FleetError where a patch cannot have the name, or one has it
 */
export function expectFree(
  name: string,
  form: 'typescript' | 'yaml',
  app: string,
  { file, patches }: { readonly file?: string; readonly patches: readonly string[] },
): void {
  // In YAML a patch is a file, and its name sets it apart from an override.
  if (!patchName.pattern.test(name) || (form === 'yaml' && !/^patch-./.test(name))) {
    const expected = form === 'yaml' ? `'patch-' and more: ${patchName.rule}` : patchName.rule;
    throw new FleetError([{ code: 'invalid-name', message: `'${name}' cannot name a patch`, app, place: [], found: name, expected }]);
  }
  const twin = patches.find((one) => one.toLowerCase() === name.toLowerCase());
  if (twin === undefined) return;
  const message = `${app} has a patch '${twin}' already`;
  throw new FleetError([{ code: 'duplicate-name', message, app, file, place: [], hint: `choose another name, or none: '${nextName(patches)}' is free` }]);
}
