import type { LabelNames } from './hub-config';

/** How the labels of a fleet are called. */
export interface LabelRules {
  readonly member: string;
  readonly tenant: string;
  readonly environment: string;
  readonly cluster: string;
  readonly remoteArgo: string;
  enable(component: string): string;
  release(group: string): string;
  remoteGroup(group: string): string;
  /** The component that a label enables, or would. */
  tryComponentOf(label: string): string | undefined;
  /** The patterns, for messages. */
  readonly patterns: Required<LabelNames>;
}

/** The names that a fleet uses where it says nothing else: those of the add-on charts that came before. */
export const defaultLabelNames: Required<LabelNames> = {
  member: 'fleet_member',
  tenant: 'tenant',
  environment: 'environment',
  cluster: 'cluster_name',
  enable: 'enable_{component}',
  release: '{group}Release',
  remoteArgo: 'use_remote_argo',
  remoteGroup: 'enable_remote_{group}',
};

export function labelRules(names: LabelNames): LabelRules {
  const rules = { ...defaultLabelNames, ...Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined)) };
  const [before = '', after = ''] = rules.enable.split('{component}');
  return {
    member: rules.member,
    tenant: rules.tenant,
    environment: rules.environment,
    cluster: rules.cluster,
    remoteArgo: rules.remoteArgo,
    enable: (component) => rules.enable.replace('{component}', word(component)),
    release: (group) => rules.release.replace('{group}', group),
    remoteGroup: (group) => rules.remoteGroup.replace('{group}', word(group)),
    tryComponentOf: (label) => {
      // With nothing but the component's name in it, any label could be one.
      if (!/[^/]/.test(before.replace(/^.*\//, '') + after)) return undefined;
      if (!label.startsWith(before) || !label.endsWith(after) || label.length <= before.length + after.length) return undefined;
      return label.slice(before.length, label.length - after.length);
    },
    patterns: rules as Required<LabelNames>,
  };
}

/** `-` is written `_` in labels that are made of names, as it always was there. */
export function word(name: string): string {
  return name.replaceAll('-', '_');
}
