import { FleetApp, type FleetAppProps } from '../fleet-app';
import { Silences } from '../silences';
import type { MemberFacts } from '../target';
import type { ComponentGroup } from './component-group';
import type { ComponentConfig, ComponentFields } from './hub-config';

/** What a component's file says, as props. */
export type ComponentProps = ComponentConfig;

/** Keys of a component that are layered; everything else is the same for all members of a release. */
export const componentLayerKeys: readonly string[] = ['enabled', 'values'];

/** Keys that a release may set as well. */
export const componentFieldKeys: readonly (keyof ComponentFields)[] = [
  'repoURL',
  'chart',
  'path',
  'version',
  'namespace',
  'syncPolicy',
  'ignoreDifferences',
  'extraSources',
  'helm',
];

/** Argo CD and External Secrets belong wherever an Argo CD runs. */
function runsArgoCD({ kind, model }: MemberFacts): boolean {
  return kind === 'hub' || model === 'distributed';
}

/** An add-on of a group: what is deployed in which version, and the layers that decide who gets it with which values. */
export class Component extends FleetApp {
  readonly fields: ComponentFields;
  readonly project: string;
  readonly selector?: ComponentConfig['selector'];
  /** Its Applications are called `{applicationName}-{cluster}`. */
  readonly applicationName: string;
  /** Texts in its values that are for somebody else to fill in. */
  readonly notTemplate: Silences;

  /** @param name unique in the fleet, for labels are made of it */
  constructor(scope: ComponentGroup, name: string, props: ComponentProps) {
    const { description, owners, notSecret, overrides, patches, values } = props;
    const enabled = props.enabled === undefined && scope.bootstrap ? runsArgoCD : props.enabled;
    const layered = {
      description,
      owners,
      notSecret,
      overrides,
      patches,
      ...(enabled === undefined ? {} : { enabled }),
      ...(values === undefined ? {} : { values }),
    };
    super(scope, name, layered as unknown as FleetAppProps);
    this.fields = Object.fromEntries(Object.entries(props).filter(([key]) => (componentFieldKeys as readonly string[]).includes(key)));
    this.project = props.project ?? 'default';
    this.selector = props.selector;
    this.applicationName = props.applicationName ?? name;
    this.notTemplate = new Silences(props.notTemplate);
  }

  /** Whether Helm renders it: then every member has a file of values. */
  get isChart(): boolean {
    return this.fields.chart !== undefined || this.fields.helm !== undefined || 'values' in this.base;
  }
}
