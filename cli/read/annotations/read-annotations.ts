import { FleetError, type Problem } from '../../../constructs';
import { describe, isMap } from '../../../layers/plain-data';
import { suggestion } from '../../../layers/text/nearest';
import { readInput } from '../../../store/files/ask-line';
import { readText } from '../../../store/files/read-file';

/** What a file says of the annotations of clusters. */
export interface SaidAnnotations {
  /** The file, as messages show it. */
  readonly file: string;
  /** Keys from the top of the file to the map of clusters. */
  readonly place: readonly string[];
  /** By cluster and name; `undefined` where it says that there is none. */
  readonly clusters: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
}

/** Outputs that are taken where no other is asked for. */
const usual = ['clusters', 'annotations'];

const shape = '{ cluster: { annotation: text } }, or what `terraform output -json` prints with an output like that';

/** Reads a file of annotations, or standard input for `-`. @param output the output of Terraform that says them @throws FleetError with all that is wrong with it */
export function readAnnotations(name: string, output?: string): SaidAnnotations {
  const file = name === '-' ? 'standard input' : name;
  return annotationsIn(file, name === '-' ? readInput() : readText(name), output);
}

/** The same of the text of a file. */
export function annotationsIn(file: string, text: string, output?: string): SaidAnnotations {
  const top = parsed(file, text);
  const { place, map } = clustersIn(file, top, output);
  const problems: Problem[] = [];
  const clusters = new Map<string, ReadonlyMap<string, string | undefined>>();
  for (const [cluster, said] of Object.entries(map)) {
    const own = new Map<string, string | undefined>();
    clusters.set(cluster, own);
    const at = [...place, cluster];
    if (!isMap(said)) problems.push(wrong(file, at, `what is said of '${cluster}' has the wrong type`, 'a map of annotations', describe(said)));
    else
      for (const [annotation, value] of Object.entries(said)) {
        if (isText(value)) own.set(annotation, value === null ? undefined : String(value));
        else
          problems.push({
            ...wrong(file, [...at, annotation], `the annotation '${annotation}' of '${cluster}' is no text`, 'a text, a number or a boolean', describe(value)),
            hint:
              typeof value === 'number'
                ? 'it has more digits than JSON keeps: write it as a text, with `tostring(…)`'
                : 'make a text of it where it is written: `join(",", …)` or `jsonencode(…)`',
          });
      }
  }
  if (problems.length > 0) throw new FleetError(problems);
  return { file, place, clusters };
}

/** What an annotation can hold as it stands; of a number, all digits. */
function isText(value: unknown): value is string | number | boolean | null {
  return typeof value === 'number'
    ? !Number.isInteger(value) || Number.isSafeInteger(value)
    : value === null || typeof value === 'string' || typeof value === 'boolean';
}

type AnyMap = { readonly [key: string]: unknown };

function parsed(file: string, text: string): AnyMap {
  let top: unknown;
  try {
    top = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new FleetError([{ code: 'config-shape', message: 'the file of annotations is no JSON', file, place: [], expected: shape }]);
  }
  if (isMap(top)) return top;
  throw new FleetError([wrong(file, [], 'the file of annotations has the wrong type', shape, describe(top))]);
}

/** The map of clusters, and where it stands. */
function clustersIn(file: string, top: AnyMap, wanted: string | undefined): { readonly place: readonly string[]; readonly map: AnyMap } {
  const outputs = Object.entries(top);
  // `terraform output -json` says of each output whether it is sensitive; of one alone it gives the value.
  const isTerraform = outputs.length > 0 && outputs.every(([, output]) => isMap(output) && 'value' in output && typeof output.sensitive === 'boolean');
  if (!isTerraform) {
    if (wanted === undefined) return { place: [], map: top };
    throw failure(file, 'there are no outputs in the file', 'what `terraform output -json` prints', 'leave --output out');
  }
  const names = outputs.map(([name]) => name);
  const there = wanted === undefined ? usual.filter((name) => names.includes(name)) : [wanted];
  const [name = '', second] = there;
  if (second !== undefined) throw failure(file, `which output: ${there.join(' or ')}?`, undefined, `name one with --output`);
  const output = top[name];
  if (!isMap(output) || !names.includes(name)) {
    const message = wanted === undefined ? `there is no output ${usual.map((one) => `'${one}'`).join(' or ')}` : `there is no output '${wanted}'`;
    throw failure(
      file,
      message,
      `an output that is ${shape.slice(0, shape.indexOf(','))}`,
      wanted === undefined ? `name one with --output: ${names.join(', ')}` : suggestion(wanted, names, 'outputs'),
    );
  }
  const place = [name, 'value'];
  if (output.sensitive === true) {
    const message = `the output '${name}' is sensitive, and what is imported stands in Git`;
    throw new FleetError([
      {
        code: 'secret-value',
        message,
        file,
        place: [name, 'sensitive'],
        expected: 'an output without secrets',
        hint: 'say in an output of its own what may stand in Git; nothing was written',
      },
    ]);
  }
  if (!isMap(output.value))
    throw new FleetError([wrong(file, place, `the output '${name}' has the wrong type`, '{ cluster: { annotation: text } }', describe(output.value))]);
  return { place, map: output.value };
}

function wrong(file: string, place: readonly string[], message: string, expected: string, found: string): Problem {
  return { code: 'wrong-type', message, file, place, expected, found };
}

function failure(file: string, message: string, expected: string | undefined, hint: string | undefined): FleetError {
  return new FleetError([
    { code: 'config-shape', message, file, place: [], ...(expected === undefined ? {} : { expected }), ...(hint === undefined ? {} : { hint }) },
  ]);
}
