import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { isMap, type ManifestRule } from '../manifest-rule';

/** How many bytes the entries of a ConfigMap or of a Secret may have together (kubernetes, pkg/apis/core, `MaxSecretSize`). */
const ofEntries = 1_048_576;

/** How many bytes etcd takes of an object, unless it is told otherwise (`--max-request-bytes`). */
const ofObject = 1_572_864;

/** What Kubernetes refuses for its size. What it keeps otherwise than as text counts as little as it may. */
export const objectSizes: ManifestRule = ({ written }) => {
  const hasEntries = written.apiVersion === 'v1' && (written.kind === 'ConfigMap' || written.kind === 'Secret');
  // Of a list each object counts by itself.
  if (written.kind.endsWith('List') && Array.isArray((written as { readonly items?: unknown }).items)) return [];
  const size = hasEntries ? entriesOf(written) : isOwn(written) ? textsIn(written as never) : Buffer.byteLength(JSON.stringify(written));
  const limit = hasEntries ? ofEntries : ofObject;
  if (size <= limit) return [];
  return [
    {
      code: 'object-size',
      path: [],
      message: 'it is larger than Kubernetes takes',
      expected: `at most ${limit} bytes${hasEntries ? ' of entries' : ''}`,
      found: `${size}`,
      hint: 'part it into several objects, or have what needs it fetch it from elsewhere',
    },
  ];
};

/** Whether Kubernetes knows the kind itself, and keeps it in a form that is shorter than JSON. */
function isOwn({ apiVersion }: Manifest): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return !group.includes('.') || group.endsWith('.k8s.io');
}

function entriesOf({ kind, ...fields }: Manifest): number {
  const { data, stringData, binaryData } = fields as { readonly [key: string]: Plain };
  const text = kind === 'Secret' ? stringData : data;
  const packed = kind === 'Secret' ? data : binaryData;
  return textsIn(text ?? null) + Math.floor((textsIn(packed ?? null) * 3) / 4);
}

function textsIn(value: Plain): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return (value as readonly Plain[]).reduce<number>((sum, item) => sum + textsIn(item), 0);
  return isMap(value) ? Object.values(value).reduce<number>((sum, item) => sum + textsIn(item), 0) : 0;
}
