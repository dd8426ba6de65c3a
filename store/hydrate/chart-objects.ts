import type { ChartFinding, ChartObjects } from '../../layers/charts/chart-input';
import { describeObject, differingPaths } from '../../layers/charts/differing-objects';
import { leftClosed } from '../../layers/charts/left-closed';
import { identityOf } from '../../layers/charts/object-identity';
import type { Plain } from '../../layers/layer';
import type { Manifest } from '../../layers/output';
import { isMap, isSame } from '../../layers/plain-data';
import { readGoYaml } from '../yaml/go-yaml';

type Map_ = Readonly<Record<string, Plain>>;

/** How many objects of a chart are written out: far more than any has. */
export const maxObjects = 5000;

/** How many mistakes are told of at once. */
const maxFindings = 10;

const unread = `with other values the chart may write it otherwise; or ${leftClosed}: Argo CD renders it then`;

/** A part of what Helm prints. */
interface Printed {
  /** `web/templates/service.yaml` @default - Helm does not say */
  readonly source?: string;
  readonly value: Plain;
}

/** Reads what Helm prints. Equal documents, such as the CRDs of a chart, are read once. */
export class ObjectReader {
  readonly #read = new Map<string, Plain | Error>();

  /** @param shown what the chart is called in messages */
  read(text: string, shown: string): ChartObjects {
    const problems: ChartFinding[] = [];
    const refuse = (message: string, source: string | undefined, rest: Omit<ChartFinding, 'code' | 'message'> = {}) => {
      problems.push({ code: 'chart-render', message: `${message} in what ${shown} gives`, ...(source === undefined ? {} : { found: source }), ...rest });
    };
    const objects: Manifest[] = [];
    const known = new Map<string, { readonly object: Manifest; readonly source: string | undefined }>();
    let source: string | undefined;
    for (const document of documentsOf(text)) {
      // Helm says in front of each where it comes from, and of a file in `crds/` in front of the first alone.
      source = /^# Source: (.+)$/m.exec(document)?.[1] ?? source;
      const value = this.#document(document);
      if (value instanceof Error) {
        refuse('there is a document that cannot be read', source, { found: [source, value.message].filter(Boolean).join(': '), hint: unread });
        continue;
      }
      for (const found of listed({ source, value })) {
        const wrong = wrongWith(found.value);
        if (wrong) refuse(wrong.message, source, wrong.expected === undefined ? {} : { expected: wrong.expected });
        else {
          const object = found.value as unknown as Manifest;
          const key = identityOf(object);
          const same = key === undefined ? undefined : known.get(key);
          // Equal ones, such as the CRDs of a chart that is there under two names, are one.
          if (same && isSame(same.object, object)) continue;
          if (same) {
            const [differs, ...more] = differingPaths(same.object as unknown as Plain, found.value);
            const sources = [...new Set([same.source, source])].filter(Boolean).join(' and ');
            refuse(`${describeObject(object)} stands there twice, and differs in '${differs}'${more.length > 0 ? ` and ${more.length} more` : ''}`, source, {
              ...(sources === '' ? {} : { found: sources }),
              hint: `Kubernetes knows one object of a name, and the last one would win: ${wayOut([same.source, source])}`,
            });
          }
          if (key !== undefined) known.set(key, { object, source });
          objects.push(object);
        }
      }
    }
    if (objects.length > maxObjects) refuse('there are too many objects', undefined, { expected: `at most ${maxObjects}`, found: `${objects.length}` });
    return problems.length > 0 ? { problems: problems.slice(0, maxFindings) } : { objects };
  }

  #document(text: string): Plain | Error {
    const known = this.#read.get(text);
    if (known !== undefined) return known;
    let read: Plain | Error;
    try {
      if (/^---[ \t]*[^\s#]/.test(text)) throw new Error('something stands behind `---`');
      read = readGoYaml(text);
    } catch (cause) {
      read = cause instanceof Error ? cause : new Error(String(cause));
    }
    this.#read.set(text, read);
    return read;
  }
}

function wayOut(sources: readonly (string | undefined)[]): string {
  const other = `have a value of the chart leave one of them out, or ${leftClosed}`;
  return sources.some((source) => source !== undefined && /(^|\/)crds\//.test(source)) ? `\`skipCrds: true\` leaves that of \`crds/\` out; or ${other}` : other;
}

/** As Kubernetes' `YAMLReader` parts them: at every line that begins with `---`. */
function documentsOf(text: string): readonly string[] {
  return text.split(/^(?=---)/m).filter((document) => document.trim() !== '');
}

/**
 * What Argo CD takes for objects (reposerver/repository/repository.go, `GenerateManifests`; gitops-engine, `SplitYAML`): documents of
 * nothing are left out, whatever has a list of `items` is taken apart, and hooks stay what they are.
 */
function listed({ source, value }: Printed): readonly Printed[] {
  if (value === null) return [];
  if (!isMap(value) || !('items' in value)) return [{ source, value }];
  const { items, spec, status } = value as Map_;
  if (Array.isArray(items)) return (items as readonly Plain[]).map((item) => ({ source, value: item }));
  return items === null && spec === undefined && status === undefined ? [] : [{ source, value }];
}

/** Why something is no object; `undefined` where it is one. */
export function wrongWith(value: Plain): { readonly message: string; readonly expected?: string } | undefined {
  if (!isMap(value)) return { message: 'there is a document that is no object', expected: 'a map with `apiVersion`, `kind` and `metadata`' };
  const { apiVersion, kind, metadata } = value as Map_;
  const isText = (text: unknown) => typeof text === 'string' && text !== '';
  if (!isText(kind)) return { message: 'there is an object without a kind' };
  if (!isText(apiVersion)) return { message: `there is a ${kind} without an apiVersion` };
  const { name, generateName, annotations } = isMap(metadata) ? (metadata as Map_) : {};
  if (isText(name)) return undefined;
  if (name !== undefined && name !== null && name !== '') return { message: `there is a ${kind} whose name is no text`, expected: `'${JSON.stringify(name)}'` };
  // Argo CD makes each run of a hook an object of its own.
  if (isText(generateName) && isHook(annotations)) return undefined;
  return { message: `there is a ${kind} without a name`, expected: '`metadata.name`; `generateName` is for hooks alone' };
}

/** As Argo CD tells them (gitops-engine, pkg/sync/hook). */
function isHook(annotations: Plain | undefined): boolean {
  if (!isMap(annotations)) return false;
  const helm = annotations['helm.sh/hook'];
  return annotations['argocd.argoproj.io/hook'] !== undefined || (helm !== undefined && helm !== 'crd-install');
}
