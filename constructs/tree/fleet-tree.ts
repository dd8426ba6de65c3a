import { type Construct, RootConstruct } from 'constructs';
import type { ChartRenderer } from '../../layers/charts/chart-input';
import type { Finding } from '../../layers/consequences';
import { type Dimension, defaultDimensions, dimensionOf } from '../../layers/hierarchy';
import type { Evidence } from '../../layers/law/evidence';
import type { Exemption } from '../../layers/law/law';
import type { RuleConfig } from '../../layers/law/own-rule';
import type { Wave } from '../../layers/law/waves';
import { type ArgoCDVersion, newestArgoCD } from '../../layers/shape/fields-since';
import { ClusterType } from './cluster-type';
import type { FleetSettings } from './config/fleet-config';
import { type Declared, type Origin, placeOfDeclared } from './origin';

/** What `fleet.ts` says, without the hierarchy. */
export interface FleetProps extends FleetSettings {}

/** An exemption, and where it is declared. */
export interface DeclaredExemption {
  readonly exemption: Exemption;
  /** @param keys below it */
  origin(...keys: readonly string[]): Origin;
}

/** A rule of the fleet's own, and where it is declared. */
export interface DeclaredRule {
  readonly rule: RuleConfig;
  /** @param keys below it */
  origin(...keys: readonly string[]): Origin;
}

/** What {@link FleetTree.addUnread} calls the file of a fleet's own rules. */
export const ownRulesFile = 'rules.ts';

/**
 * A fleet as it is declared: the root of the construct tree. Below it stand the hierarchy and the cluster types with their
 * apps. Nothing here knows how it is rendered.
 */
export abstract class FleetTree extends RootConstruct {
  readonly repository: string;
  readonly revision: string;
  /** The folder of rendered output, from the top of the repository. */
  readonly path: string;
  readonly labelPrefix: string;
  /** The oldest that reads the output. */
  readonly argoCD: ArgoCDVersion;
  readonly adopted: boolean;
  readonly promotionLevel?: string;
  /** In which parts a patch enters what says nothing of it itself. */
  readonly waves?: readonly Wave[];
  /** By what a change goes on from any node. */
  readonly evidence: readonly Evidence[];
  /** Who renders the charts of apps that are opened. @default - nobody: none may be */
  chartRenderer?: ChartRenderer;
  /** From the outermost in. */
  readonly dimensions: readonly Dimension[];
  readonly #exemptions: DeclaredExemption[] = [];
  readonly #rules: DeclaredRule[] = [];
  readonly #problems: Finding[] = [];
  readonly #unread = new Set<string>();

  constructor(props: FleetProps) {
    super();
    this.repository = props.repository;
    this.revision = props.revision ?? 'HEAD';
    this.path = outputFolder(props.path ?? 'dist');
    this.labelPrefix = props.labelPrefix ?? 'fleet';
    // What is no version is reported where the file is read, and as a mistake of the fleet in code.
    this.argoCD = props.argoCD ?? newestArgoCD;
    this.adopted = props.adopted ?? false;
    this.promotionLevel = props.promotionLevel;
    this.waves = props.waves;
    this.evidence = props.evidence ?? [];
    this.dimensions = props.dimensions?.map((written) => dimensionOf(written) ?? { plural: String(written), singular: '' }) ?? defaultDimensions;
  }

  /** Whether overrides may stand at `*`, above all outermost nodes. */
  get hasLayerOfAll(): boolean {
    return false;
  }

  /** How deep the nodes lie that go first in the sequence: all of one name before those of the next. */
  get firstDepth(): number {
    return 0;
  }

  /** In the order in which they were declared. */
  get clusterTypes(): readonly ClusterType[] {
    return this.node.children.filter((child): child is ClusterType => child instanceof ClusterType);
  }

  /**
   * Exempts an app at a node from a rule of `fleet check --since` until a day, as `config/exemptions.ts` does.
   *
   * @param declared where that is written. @default - in code
   */
  addExemption(exemption: Exemption, declared?: Declared): void {
    this.#exemptions.push({ exemption, origin: originIn('exemptions', this.#exemptions.length, declared) });
  }

  /** What {@link addExemption} was given. */
  get exemptions(): readonly DeclaredExemption[] {
    return this.#exemptions;
  }

  /**
   * Has `fleet check --since` judge by a rule of the fleet's own, as `config/rules.ts` does.
   *
   * @param declared where that is written. @default - in code
   */
  addRule(rule: RuleConfig, declared?: Declared): void {
    this.#rules.push({ rule, origin: originIn('rules', this.#rules.length, declared) });
  }

  /** What {@link addRule} was given. */
  get rules(): readonly DeclaredRule[] {
    return this.#rules;
  }

  /** Has a mistake that was found elsewhere reported together with those of the fleet. */
  addProblems(problems: Iterable<Finding>): void {
    this.#problems.push(...problems);
  }

  /** What {@link addProblems} was given. */
  get problems(): readonly Finding[] {
    return this.#problems;
  }

  /**
   * Says that a file of the configuration is there, but not what it declares: it could not be read, and that is reported.
   * What refers to it is no further mistake.
   */
  addUnread(folder: string, name: string): void {
    this.#unread.add(folder).add(`${folder}/${name}`);
  }

  /** What {@link addUnread} was told, as causes of findings are called: each file, and each folder with one. */
  get unread(): ReadonlySet<string> {
    return this.#unread;
  }
}

/** The folder of rendered output as it is written, without slashes at its end. */
export function outputFolder(path: string): string {
  return path.replace(/\/+$/, '');
}

/** Places below an item of a list. @param declared where the item is written; in code it is named by its place among the others */
function originIn(list: string, index: number, declared: Declared | undefined): DeclaredRule['origin'] {
  return (...keys) => (declared ? placeOfDeclared(declared, keys) : { place: [list, String(index), ...keys] });
}

/** Who renders the charts of the fleet that a construct belongs to. */
export function rendererOf({ node: { root } }: Construct): ChartRenderer | undefined {
  return root instanceof FleetTree ? root.chartRenderer : undefined;
}

/** The oldest Argo CD that reads what is rendered of a construct. Outside of a fleet nothing is known of it. */
export function oldestArgoCD({ node: { root } }: Construct): ArgoCDVersion | undefined {
  return root instanceof FleetTree ? root.argoCD : undefined;
}
