import type { History } from '../../git/history';
import type { GonePatch } from '../gone-patch';
import { typeScriptFields } from './typescript-fields';
import { yamlFields } from './yaml-fields';

/** A value as a file writes it, for a patch that says it again. */
export interface FormerValue {
  /** Equal for values that say the same. */
  readonly same: string;
  /** On a line, for people. */
  readonly shown: string;
  /** As it is written in TypeScript. */
  readonly code?: string;
  /** What it is in YAML. */
  readonly data?: unknown;
}

/** A field that a patch set of an app, what stood there before, and what stands there now. */
export interface FormerFieldValues {
  readonly app: string;
  readonly keys: readonly string[];
  readonly said: FormerValue;
  readonly before?: FormerValue;
  readonly now?: FormerValue;
  /** Of overrides that set it, and that lost to the patch where it sat. */
  readonly overrides: readonly { readonly path: string; readonly before: FormerValue }[];
}

/** An app of the file that a patch was for. */
export interface FormerApp {
  readonly name: string;
  readonly isGroup: boolean;
}

/**
 * The fields that a patch set which is in the base now, by the last commit that has it and by the files as they are.
 *
 * @param file that of the app as it is; in YAML its component's `values.yaml`
 * @throws FleetError (`cannot-edit`) where the patch was not written out
 */
export function formerFields(
  history: History,
  { last, file: former }: GonePatch,
  patch: string,
  file: string,
  apps: readonly FormerApp[],
): readonly FormerFieldValues[] {
  const then = (path: string) => history.fileAt(last, path);
  return file.endsWith('.yaml') ? yamlFields({ history, last, then }, { former, file }, patch, apps) : typeScriptFields(then, { former, file }, patch, apps);
}
