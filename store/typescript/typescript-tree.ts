import { cannotEdit, type Editable } from '../text/editable';
import { defaultExport, initializer } from './declarations';
import { bare, isUndefined, nameOf, tryFindMember } from './object-literal';
import { parseModule, type Syntax, type SyntaxModule } from './syntax';

/** A configuration file as a tree. */
export class TypeScriptTree {
  readonly text: string;
  /** What the file exports by default, as it stands there. */
  readonly exported: Syntax;
  readonly comments: readonly Syntax[];
  readonly #source: Editable;
  /** The statements of the file. */
  readonly body: readonly Syntax[];

  /** @throws FleetError where the file does not parse, or exports nothing */
  constructor(source: Editable) {
    const { body, comments } = parsed(source);
    const exported = defaultExport(body);
    if (!exported) throw cannotEdit(source, 0, 'the file has no default export', 'write `export default …`');
    this.text = source.text;
    this.comments = comments;
    this.#source = source;
    this.body = body;
    this.exported = defined(bare(exported.type === 'Identifier' ? (initializer(body, String(exported.name)) ?? exported) : exported));
  }

  /** The value at a place, by keys and by the numbers of items; or `undefined` where it is not there. @throws FleetError where that cannot be told, or nobody could edit it */
  tryFind(place: readonly string[], byHand: string): Syntax | undefined {
    let node = this.exported;
    for (const [depth, key] of place.entries()) {
      if (depth > 0 && isUndefined(node)) return undefined;
      if (node.type === 'ArrayExpression' && /^\d+$/.test(key)) {
        const item = this.#itemOf(node, Number(key), byHand);
        if (!item) return undefined;
        node = item;
        continue;
      }
      if (node.type !== 'ObjectExpression') {
        const what = depth === 0 ? 'the default export' : `'${place.slice(0, depth).join('.')}'`;
        throw cannotEdit(this.#source, node.start, `${what} is no object literal and cannot be edited`, byHand);
      }
      const name = place.slice(0, depth + 1).join('.');
      const member = tryFindMember(node, key);
      const behind = (node.properties as readonly Syntax[]).find((one) => nameOf(one) === undefined && one.start > (member?.node.start ?? 0));
      if (behind) throw cannotEdit(this.#source, behind.start, `'${name}' may come from here, where nothing can be edited`, byHand);
      if (!member) return undefined;
      if (!member.value) throw cannotEdit(this.#source, member.node.start, `'${name}' is a method and cannot be edited`, byHand);
      node = bare(member.value);
    }
    return node;
  }

  /** The item of a list. @throws FleetError where one before it comes from somewhere else */
  #itemOf(list: Syntax, index: number, byHand: string): Syntax | undefined {
    const items = list.elements as readonly (Syntax | null)[];
    const other = items.slice(0, index + 1).find((item) => item === null || item.type === 'SpreadElement');
    if (other !== undefined) throw cannotEdit(this.#source, (other ?? list).start, 'items of this list come from somewhere else', byHand);
    const item = items[index];
    return item ? bare(item) : undefined;
  }

  /** Whether a value says itself what it is. What another line of the file says is used elsewhere too, or shall be named. */
  isWrittenOut(node: Syntax): boolean {
    const value = bare(node);
    if (value.type === 'TemplateLiteral') return (value.expressions as readonly Syntax[]).every((part) => this.isWrittenOut(part));
    if (value.type === 'UnaryExpression') return this.isWrittenOut(value.argument as Syntax);
    if (/Literal$|^(Object|Array|Function|ArrowFunction)Expression$/.test(value.type)) return true;
    return this.#isOurs(value);
  }

  /** `unset`, `cluster.annotation('a')`, `undefined`: names that are nobody's value. */
  #isOurs(value: Syntax): boolean {
    if (value.type === 'CallExpression') return this.#isOurs(value.callee as Syntax);
    if (value.type === 'MemberExpression') return this.#isOurs(value.object as Syntax);
    if (value.type !== 'Identifier') return false;
    const imported = this.body.filter(({ type, source }) => type === 'ImportDeclaration' && (source as Syntax).value === 'cdk8s-fleet');
    const names = imported.flatMap(({ specifiers }) => (specifiers as readonly Syntax[]).map(({ local }) => (local as Syntax).name));
    return ['undefined', 'NaN', 'Infinity', 'Number', ...names].includes(value.name);
  }

  /** Comments within a part of the text. */
  commentsIn(start: number, end: number): readonly Syntax[] {
    return this.comments.filter((comment) => comment.start >= start && comment.end <= end);
  }

  /** The offset behind blank space and comments. @param inLine stop where the line ends */
  skip(offset: number, inLine = false): number {
    for (let at = offset; ; ) {
      const comment = this.comments.find(({ start }) => start === at);
      if (comment) at = comment.end;
      else if (at < this.text.length && /\s/.test(this.text[at] as string) && !(inLine && this.text[at] === '\n')) at += 1;
      else return at;
    }
  }

  /** The offset of the comma that follows a member or an item, or `undefined`. */
  commaAfter(offset: number): number | undefined {
    const at = this.skip(offset);
    return this.text[at] === ',' ? at : undefined;
  }
}

function parsed(source: Editable): SyntaxModule {
  try {
    return parseModule(source.text);
  } catch (cause) {
    const { pos = 0, message } = cause as { readonly pos?: number; readonly message: string };
    throw cannotEdit(source, pos, `the file cannot be parsed: ${message.replace(/ \(\d+:\d+\)$/, '')}`, 'correct it, or edit it by hand');
  }
}

/** What a `define…` call is given: it returns that. */
function defined(node: Syntax): Syntax {
  const [first] = node.type === 'CallExpression' ? (node.arguments as readonly Syntax[]) : [];
  return first && /^define/.test(String((node.callee as Syntax).name)) ? bare(first) : node;
}
