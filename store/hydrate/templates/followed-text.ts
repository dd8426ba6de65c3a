import { followedPattern } from '../../../layers/charts/followed-value';
import { textOf } from './go-text';
import { type Wrong, wrongsOf } from './known-functions';
import { type Command, isLiteral, type Operand, type Pipeline, readStatement, type Statement } from './pipelines';
import { actionsAt, commentAt } from './template-actions';

/** What begins what Helm says of a function that is given a value which is followed; the function and the place follow, and a semicolon. */
export const followedWord = 'cdk8s-fleet follows a value to ';

/** Where what a function is given is kept while it is looked at. */
const kept = '$cdk8sFleetGiven';

const inKey = `${followedPattern}[^"\\\\]*":`;
const inAction = `[{][{]([^}]|[}][^}])*${followedPattern}`;

/** How often a text may hold braces behind which nothing is understood, and how long a thing may be that is written twice. */
const mostMissed = 50;
const longest = 5000;

/** A text with templates. */
export interface TemplateText {
  readonly text: string;
  /** As messages call it. */
  readonly shown: string;
  /** Whether it is a file of templates, and no text that may become one: in a text of YAML nothing may need another quotation. */
  readonly isTemplate: boolean;
}

/**
 * The same templates, which fail where a function is given a value that is followed and may make something else of it. Helm does the
 * following: through variables, pipelines, named templates and texts that are templates.
 */
export function followedText({ text: written, shown, isTemplate }: TemplateText): string {
  if (!written.includes('{{')) return written;
  // Helm takes it away where it begins a file.
  const text = written.replace(/^\ufeff/, '');
  let made = isTemplate ? `{{ ${kept} := dict }}` : '';
  let [from, line, counted, missed] = [0, 1, 0, 0];
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', from)) {
    line += text.slice(counted, at).split('\n').length - 1;
    counted = at;
    made += text.slice(from, at);
    const comment = commentAt(text, at);
    const follower = new Follower(`${shown.replaceAll(/[^-\w./ ]/g, '_')}:${line}`, isTemplate);
    if (missed > mostMissed) return made + text.slice(at).replaceAll('{{', follower.refusal);
    const read = comment === undefined ? follower.read(actionsAt(text, at)) : [comment, comment];
    if (read[0] === '{{') missed += 1;
    made += read[1];
    from = at + read[0].length;
  }
  return made + text.slice(from);
}

class Follower {
  readonly #place: string;
  readonly #isTemplate: boolean;
  #isChanged = false;

  constructor(place: string, isTemplate: boolean) {
    this.#place = place;
    this.#isTemplate = isTemplate;
  }

  /** @param found what may begin there @returns what does, and what stands in its place */
  read(found: readonly string[]): readonly [action: string, made: string] {
    for (const action of found) {
      const [, open = '', body = '', close = ''] = /^(\{\{(?:-(?=\s))?)([\s\S]*?)((?:(?<=\s)-)?\}\})$/.exec(action) ?? [];
      const statement = readStatement(body);
      if (statement) return [action, this.#action(action, statement, [open, close])];
    }
    // What has no end is no template.
    if (found.length === 0) return ['{{', '{{'];
    // What is not understood, no value may go through.
    return ['{{', this.refusal];
  }

  /** What stands for braces behind which anything may be. */
  get refusal(): string {
    return `{{ fail \`${this.#says('what is not understood')}\` }}{{`;
  }

  #action(action: string, { keyword, pipeline }: Statement, braces: readonly [string, string]): string {
    const made = pipeline ? this.#written(action, keyword, pipeline, braces) : action;
    return this.#isTemplate && /^(?:define|block)/.test(keyword) ? `${made}{{ ${kept} := dict ${braces[1]}` : made;
  }

  #written(action: string, keyword: string, pipeline: Pipeline, [open, close]: readonly [string, string]): string {
    const made = this.#pipeline(pipeline, keyword === 'range');
    return this.#isChanged ? `${open} ${keyword} ${made} ${close}` : action;
  }

  #pipeline({ declared, commands }: Pipeline, isRange = false): string {
    let made: string | undefined;
    for (const command of commands) made = this.#command(command, made);
    if (isRange) made = this.#asking('several', `(${made})`, 'range');
    return declared === '' ? (made as string) : `${declared} ${made}`;
  }

  /** @param before what it is handed */
  #command(command: Command, before: string | undefined): string {
    const [head, ...rest] = command as readonly [Operand, ...Operand[]];
    const given: readonly Operand[] = before === undefined ? rest : [...rest, { text: '', inner: { declared: '', commands: [] } }];
    const isFunction = head.inner === undefined && /^[A-Za-z_]\w*$/.test(head.text);
    const name = isFunction ? head.text : head.text.replace(/^.*?(?=\w+$)/, '');
    const wrongs = wrongsOf(isFunction ? name : '', given);
    const made = given.map((operand, index) => {
      const written = before !== undefined && index === rest.length ? `(${before})` : this.#operand(operand);
      const wrong = wrongs[index];
      return wrong === undefined || isLiteral(operand) ? written : this.#asking(wrong, written, name);
    });
    return [this.#operand(head), ...made].join(' ');
  }

  #operand(operand: Operand): string {
    const { text, inner } = operand;
    if (inner) return `(${this.#pipeline(inner)})${text}`;
    if (!this.#isTemplate || !isLiteral(operand) || !text.includes('{{')) return text;
    const literal = textOf(text);
    const followed = followedText({ text: literal, shown: this.#place.replace(/:\d+$/, ''), isTemplate: false });
    if (followed === literal) return text;
    this.#isChanged = true;
    return JSON.stringify(followed);
  }

  /** What is given, once it was asked. Every version of Go evaluates all things that a function is given, one after the other. */
  #asking(wrong: Wrong, given: string, name: string): string {
    this.#isChanged = true;
    if (!this.#isTemplate && given.length > longest) return `(fail \`${this.#says('what is not understood')}\`)`;
    const [first, again] = this.#isTemplate ? [`(get (set ${kept} \`v\` ${given}) \`v\`)`, `${kept}.v`] : [given, given];
    const asked = this.#asked(this.#isTemplate || wrong === 'template' ? wrong : 'any', first, again, name);
    return `(index (list (required \`${this.#says(name)}\` (ternary \`\` \`x\` (${asked}))) ${again}) 1)`;
  }

  #asked(wrong: Wrong, first: string, again: string, name: string): string {
    const holds = (pattern: string, what: string) => `regexMatch \`${pattern}\` (toJson ${what})`;
    switch (wrong) {
      case 'any':
        return holds(followedPattern, first);
      case 'text':
        return `and (kindIs \`string\` ${first}) (${holds(followedPattern, again)})`;
      case 'keys':
        return holds(inKey, first);
      case 'several':
        return `and (kindIs \`map\` ${first}) (gt (len ${again}) 1) (${holds(inKey, again)})`;
      case 'template':
        return `regexMatch \`${inAction}\` (toString ${first})`;
      case 'parsed': {
        const read = `(${name} ${again})`;
        const isKept = `and (${holds(followedPattern, read)}) (not (${holds(`^."Error":|^."error|${inKey}`, read)}))`;
        return `and (${holds(followedPattern, first)}) (not (${isKept}))`;
      }
    }
  }

  #says(name: string): string {
    return `${followedWord}${name} in ${this.#place};`;
  }
}
