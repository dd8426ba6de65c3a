import { componentShape } from '../../../layers/shape/group-shape';
import { keysWith } from '../../../layers/shape/shape';
import type { MemberFacts } from '../../tree/config/target';
import { LayeredApp } from '../../tree/layered-app';
import { Silences } from '../../tree/silences';
import type { ComponentConfig, ComponentFields, ComponentLayer } from './component-config';
import type { ComponentGroup } from './component-group';
import type { HubTree } from './hub-tree';

/** What a component's file says, as props. */
export type ComponentProps = ComponentConfig;

/** Keys that a release may set, and layers of members above it. */
export const componentFieldKeys: readonly (keyof ComponentFields)[] = keysWith(componentShape, 'released');

/** Keys of a component that layers may set; everything else is the same for all members. */
export const componentLayerKeys: readonly string[] = [...keysWith(componentShape, 'layered'), ...componentFieldKeys];

/** What a component says of its ApplicationSets. */
export const setKeys = ['strategy', 'preservedFields', 'ignoreApplicationDifferences', 'templatePatch'] as const;

/** Everything that a component says besides its layers. */
export const componentKeys: readonly string[] = Object.keys(componentShape).filter((key) => !componentLayerKeys.includes(key));

/** Argo CD and External Secrets belong wherever an Argo CD runs. */
function runsArgoCD({ kind, model }: MemberFacts): boolean {
  return kind === 'hub' || model === 'distributed';
}

/** An add-on of a group: what is deployed in which version, and the layers that decide who gets it with which values. */
export class Component extends LayeredApp<ComponentLayer> {
  readonly fields: ComponentFields;
  readonly project: string;
  readonly selector?: ComponentConfig['selector'];
  /** The label that it is enabled by, where that does not follow from its name. */
  readonly enableLabel?: string;
  /** What its ApplicationSets say besides their generators and template. */
  readonly set: Pick<ComponentConfig, (typeof setKeys)[number]>;
  /** What it needs on a cluster, by the names of components. */
  readonly after: readonly string[];
  /** Its Applications are called `{applicationName}-{cluster}`. */
  readonly applicationName: string;
  /** Texts in its values that are for somebody else to fill in. */
  readonly notTemplate: Silences;

  /** @param name unique in the fleet, for labels are made of it */
  constructor(scope: ComponentGroup, name: string, props: ComponentProps) {
    const { description, owners, notSecret, silence, overrides, patches, uninstall, values } = props;
    const enabled = props.enabled === undefined && scope.bootstrap ? runsArgoCD : props.enabled;
    const base = Object.fromEntries(Object.entries({ enabled, uninstall, values }).filter(([, said]) => said !== undefined));
    super(scope, name, { description, owners: scope.ownersOr(owners), notSecret, silence, overrides, patches }, base);
    this.fields = Object.fromEntries(Object.entries(props).filter(([key]) => (componentFieldKeys as readonly string[]).includes(key)));
    this.project = props.project ?? 'default';
    this.selector = props.selector;
    this.enableLabel = props.enableLabel;
    this.set = Object.fromEntries(setKeys.flatMap((key) => (props[key] === undefined ? [] : [[key, props[key]]])));
    this.after = props.after ?? [];
    this.applicationName = props.applicationName ?? name;
    this.notTemplate = new Silences(props.notTemplate);
    (scope.node.root as HubTree).memberLayers.found('components', [name], this);
  }

  /** The label of cluster secrets that says whether a member gets it. */
  get label(): string {
    return this.enableLabel ?? (this.node.root as HubTree).labels.enable(this.name);
  }

  /** Whether Helm renders it: then every member has a file of values. */
  get isChart(): boolean {
    return this.fields.chart !== undefined || this.fields.helm !== undefined || 'values' in this.base;
  }
}
