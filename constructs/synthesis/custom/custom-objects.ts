import { ApiObject, type Chart } from 'cdk8s';
import { readContent } from '../../../layers/compile/read-content';
import type { Manifest } from '../../../layers/output';
import { describe, isMap } from '../../../layers/plain-data';
import { type LostValue, writtenObject } from '../../argocd/lost-values';
import { finishedManifest } from '../../argocd/manifest';
import type { Remark } from '../../argocd/manifest-rule';
import { AppManifest } from '../../tree/target-chart';

/** An object of a chart that users' own code had a hand in. */
export interface CustomObject {
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

/** An object that Kubernetes would not know what to do with: it does not say what it is. */
export class NoManifestError extends Error {
  /** What is wrong, and where in the object. */
  readonly remark: Remark;

  constructor(construct: ApiObject, path: readonly string[], found: unknown, expected: string) {
    const message = `${construct.node.path}: '${path.join('.')}' says nothing that Kubernetes could read`;
    super(message);
    this.remark = { code: 'invalid-field', path, message, expected, found: describe(found) };
  }
}

/**
 * A chart's objects, after everybody's validations.
 *
 * @throws ValidationError with what a validation said
 * @throws NoManifestError for an object without a kind, a version or a name
 */
export function objectsOf(chart: Chart): readonly CustomObject[] {
  const constructs = chart.node.findAll();
  const messages = constructs.flatMap((construct) => construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
  if (messages.length > 0) throw new ValidationError(messages.join('; '));
  return constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)).map(customObject);
}

function customObject(construct: ApiObject): CustomObject {
  const { object, lost } = writtenObject(construct);
  const isApp = AppManifest.isAppManifest(construct);
  const app = isApp ? construct.node.id : undefined;
  if (isApp && construct.manifest === object) return { construct, written: construct.manifest, manifest: construct.manifest, lost: [], app, isUntouched: true };
  const [fault] = readContent(object).faults;
  if (fault) throw new Error(`${construct.node.path}: ${fault.message}`);
  expectManifest(construct, object);
  const written = object;
  const nulls = lost.filter(({ value }) => value === null);
  for (const { path } of nulls) restoreNull(written, path);
  return { construct, written, manifest: finishedManifest(written), lost: lost.filter(({ value }) => value !== null), app, isUntouched: false };
}

/** Whatever else is looked for, is looked for in something of a kind. Patches can take anything away. */
function expectManifest(construct: ApiObject, object: unknown): asserts object is Manifest {
  const { apiVersion, kind, metadata } = isMap(object) ? object : {};
  if (!isText(apiVersion)) throw new NoManifestError(construct, ['apiVersion'], apiVersion, "a text such as 'v1' or 'apps/v1'");
  if (!isText(kind)) throw new NoManifestError(construct, ['kind'], kind, "a text such as 'ConfigMap'");
  if (!isMap(metadata)) throw new NoManifestError(construct, ['metadata'], metadata, 'a map');
  if (!isText(metadata.name)) throw new NoManifestError(construct, ['metadata', 'name'], metadata.name, 'a text');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** cdk8s leaves nulls out of maps, which is what they mean to Kubernetes, but not to Helm; in a list it leaves a hole. */
function restoreNull(object: Manifest, path: readonly string[]): void {
  const above = path.slice(0, -1);
  const key = path[path.length - 1] as string;
  const parent = above.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Manifest)[step] : undefined), object);
  if (typeof parent !== 'object' || parent === null) return;
  const isMeant = Array.isArray(parent) ? Number(key) < parent.length : isArgo(ownerOf(object, above)) && above.includes('valuesObject');
  if (isMeant && (parent as Record<string, unknown>)[key] === undefined) (parent as Record<string, unknown>)[key] = null;
}

/** The object that a place belongs to: of a `List`, one of its objects. */
function ownerOf(object: Manifest, [section, index]: readonly string[]): unknown {
  const { items } = object;
  return object.kind === 'List' && section === 'items' && Array.isArray(items) ? items[Number(index)] : object;
}

function isArgo(object: unknown): boolean {
  return isMap(object) && typeof object.apiVersion === 'string' && object.apiVersion.startsWith('argoproj.io/');
}
