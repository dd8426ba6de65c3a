/** Objects of schemas as types with names. What a field looks like is said by who extends it. */
export class Named {
  #definitions = {};
  #texts = new Map();
  #descriptions;

  /**
   * @param descriptions by type and field
   * @param names        of objects, by their schemas as text: what has a name keeps it
   */
  constructor(descriptions, names = new Map()) {
    this.#descriptions = descriptions;
    this.names = names;
  }

  /** Has what it adds from now on mean the definitions of a schema. */
  open({ definitions = {} }) {
    this.#definitions = definitions;
  }

  addSpec(schema) {
    const { $id, properties } = schema;
    this.open(schema);
    this.#add(`${$id}Spec`, properties.spec);
  }

  text() {
    return [...this.#texts.values()].join('\n');
  }

  /** What is described must be there. */
  checkDescriptions() {
    for (const [name, fields] of Object.entries(this.#descriptions)) {
      for (const field of Object.keys(fields)) {
        if (!this.#texts.get(name)?.includes(`  readonly ${field}`))
          throw new Error(`descriptions.yaml speaks of ${name}.${field}, and there is no such field`);
      }
    }
  }

  /** The name that a type goes by, and that descriptions use. */
  called(name) {
    return name;
  }

  /** What is said of a field. */
  described(text, _isRequired) {
    return text;
  }

  /** The type of a scalar; `undefined` where a schema is none. */
  scalar({ enum: words, type }) {
    if (words) return words.map((word) => `'${word}'`).join(' | ');
    if (Array.isArray(type)) return 'number | string';
    return { string: 'string', boolean: 'boolean', integer: 'number', number: 'number' }[type];
  }

  /** Whether anything may stand there: Helm values, most of all. */
  isOpen({ $ref, type, properties, additionalProperties }) {
    return (
      $ref === undefined &&
      (type === undefined || (type === 'object' && !properties && (typeof additionalProperties !== 'object' || !additionalProperties.type)))
    );
  }

  isMap({ properties, additionalProperties }) {
    return !properties && typeof additionalProperties === 'object';
  }

  /** The type of an object: one for all that are alike, called by the first name that is free. */
  nameOf(schema, place) {
    const id = schema.$ref?.split('/').at(-1);
    const object = id ? this.#definitions[id] : schema;
    const name = this.names.get(JSON.stringify(object)) ?? this.#free(id ? [/Template|Generator$/.test(id) ? id : `${id}Generator`] : place.names());
    if (!this.#texts.has(name)) this.#add(name, object);
    return this.called(name);
  }

  #free(candidates) {
    const taken = new Set(this.names.values());
    const name = candidates.find((candidate) => !taken.has(candidate));
    if (!name) throw new Error(`no name is left for what would be called ${candidates.join(' or ')}`);
    return name;
  }

  #add(name, schema) {
    // Its place is kept before what it holds, which may hold it again.
    this.#texts.set(name, '');
    this.names.set(JSON.stringify(schema), name);
    const fields = Object.entries(schema.properties).map(([key, value]) => {
      const isRequired = schema.required?.includes(key) ?? false;
      const text = this.described(this.#descriptions[name]?.[key], isRequired);
      const field = this.field(key, isRequired, value, new Place(name, key));
      return `${text ? `  /** ${text} */\n` : ''}  ${field}\n`;
    });
    this.#texts.set(name, this.form(this.called(name), fields));
  }
}

/** Where a schema stands: the key of a type. */
class Place {
  #owner;
  #key;

  constructor(owner, key) {
    this.#owner = owner;
    this.#key = key;
  }

  item() {
    return new Place(
      this.#owner,
      this.#key
        .replace(/ies$/, 'y')
        .replace(/(?<=ch)es$/, '')
        .replace(/s$/, ''),
    );
  }

  names() {
    const word = this.#key[0].toUpperCase() + this.#key.slice(1);
    return [word, `${this.#owner.replace(/Spec$/, '')}${word}`];
  }
}
