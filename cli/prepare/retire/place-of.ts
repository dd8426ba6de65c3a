import type { AppPlace } from '../../../store/edit/add-patch';
import type { PatchableApp } from '../../read/find-patchable-app';

/** Where an app says what it is. */
export function placeOf({ view, file }: PatchableApp): AppPlace {
  return { form: file.endsWith('.yaml') ? 'yaml' : 'typescript', file, app: view.name, isGroup: view.isGroup, kind: view.kind };
}
