import type { Plain } from '../../../../layers/layer';
import { silenceHint } from '../../../../layers/silenced';
import { nearest } from '../../../../layers/text/nearest';
import { hasToken } from '../../../../layers/text/token';
import { specsOf } from '../../application-specs';
import { isMap, type ManifestRule, type Remark } from '../../manifest-rule';

const isOn = ['true', 'false'];
const isConfirmed = [...isOn, 'confirm'];

/** What Argo CD 3.6 asks for: docs/user-guide/sync-options.md, controller/sync.go, and pkg/sync/common/types.go of its engine. */
const options: Readonly<Record<string, readonly string[]>> = {
  ApplyOutOfSyncOnly: isOn,
  ClientSideApplyMigration: isOn,
  CreateNamespace: isOn,
  Delete: isConfirmed,
  FailOnSharedResource: isOn,
  Force: isOn,
  Prune: isConfirmed,
  PruneLast: isOn,
  PrunePropagationPolicy: ['foreground', 'background', 'orphan'],
  Replace: isOn,
  RespectIgnoreDifferences: isOn,
  ServerSideApply: isOn,
  SkipDryRunOnMissingResource: isOn,
  Validate: isOn,
};

const annotation = 'argocd.argoproj.io/sync-options';

/** Argo CD compares sync options letter by letter, and passes over any that it does not know. */
export const syncOptions: ManifestRule = ({ written }) => {
  const { annotations } = written.metadata;
  const ofObject = isMap(annotations) ? annotations[annotation] : undefined;
  // Argo CD takes blanks away from those of an object, and not from those of an Application.
  const own =
    typeof ofObject === 'string'
      ? remarksOn(
          ofObject.split(',').map((option) => option.trim()),
          () => ['metadata', 'annotations', annotation],
        )
      : [];
  const ofSpecs = specsOf(written).flatMap(({ spec, path }) => {
    const { syncOptions: list } = isMap(spec.syncPolicy) ? spec.syncPolicy : {};
    return Array.isArray(list) ? remarksOn(list, (index) => [...path, 'syncPolicy', 'syncOptions', String(index)]) : [];
  });
  return [...own, ...ofSpecs];
};

function remarksOn(list: readonly Plain[], path: (index: number) => readonly string[]): readonly Remark[] {
  return list.flatMap((option, index): readonly Remark[] => {
    if (typeof option !== 'string' || hasToken(option) || option.includes('{{')) return [];
    const [name = '', value] = option.split('=');
    const words = Object.hasOwn(options, name) ? options[name] : undefined;
    if (words?.includes(value ?? '')) return [];
    return [
      {
        code: 'sync-option',
        severity: 'warning',
        path: path(index),
        message: words
          ? `the sync option '${option}' says nothing: '${name}' is ${words.join(', ')}`
          : `Argo CD knows no sync option '${option}', and passes over it`,
        expected: words ? words.map((word) => `${name}=${word}`).join(' or ') : Object.keys(options).join(', '),
        hint: hintFor(option, name, value, words),
        key: option,
      },
    ];
  });
}

function hintFor(option: string, name: string, value: string | undefined, words: readonly string[] | undefined): string {
  const all = Object.entries(options).flatMap(([known, values]) => values.map((word) => `${known}=${word}`));
  const meant = nearest(words ? option : `${name}=${value ?? 'true'}`, words ? words.map((word) => `${name}=${word}`) : all);
  return silenceHint('sync-option', option, meant === undefined ? undefined : `did you mean '${meant}'?`);
}
