import { ApiObject, type Chart } from 'cdk8s';
import type { Manifest } from '../../layers/output';
import { readContent } from '../../layers/read-content';
import { type LostValue, writtenObject } from '../argocd/lost-values';
import { finishedManifest } from '../argocd/manifest';
import { AppManifest } from '../target-chart';

/** An object of a chart that users' own code had a hand in. */
export interface CodeObject {
  readonly construct: ApiObject;
  /** As the code says it. */
  readonly written: Manifest;
  /** As it is rendered. */
  readonly manifest: Manifest;
  /** What the code says and neither of them shows. */
  readonly lost: readonly LostValue[];
  /** Of which app it is, where it is one's. */
  readonly app?: string;
  /** Whether it is the very manifest of its app. */
  readonly isUntouched: boolean;
}

/** What somebody's own validation said. */
export class ValidationError extends Error {}

/** A chart's objects, after everybody's validations. @throws ValidationError with what a validation said */
export function objectsOf(chart: Chart): readonly CodeObject[] {
  const constructs = chart.node.findAll();
  const messages = constructs.flatMap((construct) => construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
  if (messages.length > 0) throw new ValidationError(messages.join('; '));
  return constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)).map(codeObject);
}

function codeObject(construct: ApiObject): CodeObject {
  const { object, lost } = writtenObject(construct);
  const isApp = AppManifest.isAppManifest(construct);
  const app = isApp ? construct.node.id : undefined;
  if (isApp && construct.manifest === object) return { construct, written: construct.manifest, manifest: construct.manifest, lost: [], app, isUntouched: true };
  const [fault] = readContent(object).faults;
  if (fault) throw new Error(`${construct.node.path}: ${fault.message}`);
  const written = object as Manifest;
  const nulls = lost.filter(({ value }) => value === null);
  for (const { path } of nulls) restoreNull(written, path);
  return { construct, written, manifest: finishedManifest(written), lost: lost.filter(({ value }) => value !== null), app, isUntouched: false };
}

/** cdk8s leaves nulls out of maps, which is what they mean to Kubernetes, but not to Helm; in a list it leaves a hole. */
function restoreNull(object: Manifest, path: readonly string[]): void {
  const above = path.slice(0, -1);
  const key = path[path.length - 1] as string;
  const parent = above.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Manifest)[step] : undefined), object);
  if (typeof parent !== 'object' || parent === null) return;
  const isMeant = Array.isArray(parent) ? Number(key) < parent.length : object.apiVersion.startsWith('argoproj.io/') && above.includes('valuesObject');
  if (isMeant && (parent as Record<string, unknown>)[key] === undefined) (parent as Record<string, unknown>)[key] = null;
}
