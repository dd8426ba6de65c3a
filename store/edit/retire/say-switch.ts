import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { setValue } from '../../typescript/set-value';
import { setYaml } from '../../yaml/set-yaml';
import { type AppPlace, sectionOf } from '../add-patch';
import type { Edits } from '../edits';

/** A field of an app that is on or off. */
export interface Switch {
  readonly field: 'enabled' | 'uninstall';
  readonly value: boolean;
}

/** Says a switch of an app in its override at a path. @returns the file that says it @throws FleetError where that is not written out */
export function saySwitch(edits: Edits, { form, file, app, isGroup, kind }: AppPlace, path: string, { field, value }: Switch): string {
  const text = String(value);
  if (form === 'typescript') {
    const place = ['overrides', path, ...(isGroup ? [app] : []), field];
    edits.write(file, setValue(edits.read(file), place, text, `write \`overrides: { '${path}': { ${field}: ${text} } }\` for '${app}'`));
    return file;
  }
  const override = join(dirname(file), path, 'override.yaml');
  const place = [sectionOf[kind], app, field];
  const byHand = `write \`${field}: ${text}\` of '${app}' into ${override}`;
  const written = edits.has(override)
    ? setYaml(edits.read(override), place, { text, flow: text, keyColumn: 0 }, byHand)
    : stringify({ [sectionOf[kind]]: { [app]: { [field]: value } } }, { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1' });
  edits.write(override, written);
  return override;
}
