import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { setValue } from '../../typescript/set-value';
import { setYaml } from '../../yaml/set-yaml';
import { type AppPlace, sectionOf } from '../add-patch';
import type { Edits } from '../edits';

/** Says `enabled: false` of an app in its override at a path. @returns the file that says it @throws FleetError where that is not written out */
export function switchOff(edits: Edits, { form, file, app, isGroup, kind }: AppPlace, path: string): string {
  if (form === 'typescript') {
    const place = ['overrides', path, ...(isGroup ? [app] : []), 'enabled'];
    edits.write(file, setValue(edits.read(file), place, 'false', `write \`overrides: { '${path}': { enabled: false } }\` for '${app}'`));
    return file;
  }
  const override = join(dirname(file), path, 'override.yaml');
  const place = [sectionOf[kind], app, 'enabled'];
  const byHand = `write \`enabled: false\` of '${app}' into ${override}`;
  const text = edits.has(override)
    ? setYaml(edits.read(override), place, { text: 'false', flow: 'false', keyColumn: 0 }, byHand)
    : stringify({ [sectionOf[kind]]: { [app]: { enabled: false } } }, { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1' });
  edits.write(override, text);
  return override;
}
