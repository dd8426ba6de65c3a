import fc from 'fast-check';

/** A value of a YAML file, as it is to be written. */
type Value = { readonly plain: string } | { readonly block: readonly string[] } | { readonly map: readonly Pair[] } | { readonly list: readonly Value[] };
type Pair = readonly [key: string, value: Value];
type MapValue = { readonly map: readonly Pair[] };

export interface RandomFleet {
  readonly files: Readonly<Record<string, string>>;
  /** Every comment of the files, as `file:line text`. */
  readonly comments: readonly string[];
}

/** Draws from what fast-check generated: a comment here, another style there. */
type Draw = (limit: number) => number;

const scalars: readonly string[] = [
  ...['text', '"1.10"', "'it''s'", '"a \\"b\\" \\u00e9"', '日本', '42', '-7', '1.5', '0', 'true', 'false', 'yes', 'off', 'No', '""', "'#no'", 'a#b', "'{'"],
  ...['1000000', '-1234567'],
  ...[`'\${HOME}'`, 'back`tick', "'\\n'", '"\\n"', '{}', '[]', '"*/"', "'// no'", '"yes"', '"null"', '"1e3"', "'@ts-ignore'"],
];

const expressions: readonly string[] = [
  '"{{ .Values.cluster.DIM }}"',
  "'{{ .Values.cluster.DIM | upper }}'",
  '"a-{{ .Values.cluster.DIM }}-b"',
  "'{{.name}}'",
  '\'{{ printf "%s/%s" .Values.cluster.DIM "x" }}\'',
  '\'{{ .Values.cluster.DIM | default "none" | quote }}\'',
  '"{{`{{ .Values.cluster.name }}`}}"',
  '"{{ .Values.cluster.name }}"',
  `'{{ .Values.cluster.DIM | trunc 2 }}\${x}\`'`,
  '"{{ \\"{{\\" }}.name{{ \\"}}\\" }}"',
  "'{{ .Values.shared.tier }}'",
  "'{{ .Values.shared.nested }}'",
  "'{{ .Values.shared.size }}'",
  "'{{ .Values.cluster.DIM }}/{{ .Values.shared.size | quote }}/{{ 1000000 }}'",
  "'{{- .Values.cluster.DIM -}} '",
];

const blocks: readonly (readonly string[])[] = [
  ['|', 'one line'],
  ['|', '#!/bin/sh', `echo "$HOME" \`pwd\` \${x}`, '  indented'],
  ['>-', 'folded', 'text', '', 'more'],
  ['|+', 'kept', '', ''],
  ['|', 'region: {{ .Values.cluster.DIM }}', 'name: x', 'size: 3'],
];

const keys: readonly string[] = ['a', 'b', 'camelCase', 'with-dash', 'dots.and/slash', '"1"', '2', 'constructor', 'enabled', 'ünï', 'class', "'a b'"];

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    { weight: 4, arbitrary: fc.constantFrom(...scalars).map((plain) => ({ plain })) },
    { weight: 3, arbitrary: fc.constantFrom(...expressions).map((plain) => ({ plain })) },
    fc.constant({ plain: '' }),
    fc.constantFrom(...blocks).map((block) => ({ block })),
    { weight: 4, arbitrary: pairs(tie('value')).map((map) => ({ map })) },
    { weight: 2, arbitrary: fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map((list) => ({ list })) },
  ),
})).value;

function pairs(of: fc.Arbitrary<Value>): fc.Arbitrary<readonly Pair[]> {
  return fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), of), { minLength: 1, maxLength: 4, selector: ([key]) => key });
}

/** A layer of an Application: `source`, and other fields now and then. */
const layer: fc.Arbitrary<MapValue> = fc
  .record({
    values: pairs(value),
    revision: fc.option(fc.constantFrom('1.2.3', '"{{ .Values.cluster.DIM }}"', "'2.0'")),
    options: fc.option(fc.constantFrom('[A=true]', '[A=true, "{{ .Values.cluster.DIM }}=x"]')),
    label: fc.option(fc.constantFrom('x', '"{{ .Values.cluster.DIM }}"')),
  })
  .map(({ values, revision, options, label }): MapValue => {
    const helm: Value = { map: [['valuesObject', { map: values }]] };
    const source: Pair[] = [['helm', helm], ...(revision === null ? [] : [['targetRevision', { plain: revision }] as const])];
    return {
      map: [
        ['source', { map: source }],
        ...(options === null ? [] : [['syncPolicy', { map: [['syncOptions', { plain: options }]] }] as const]),
        ...(label === null ? [] : [['additionalLabels', { map: [['l', { plain: label }]] }] as const]),
      ],
    };
  });

const shape = fc.record({
  /** How many nodes there are at each level. */
  levels: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 4 }),
  components: fc.array(
    fc.record({
      apps: fc.integer({ min: 1, max: 2 }),
      bases: fc.array(layer, { minLength: 2, maxLength: 2 }),
      overrides: fc.array(fc.tuple(fc.nat(), layer), { maxLength: 3 }),
      patches: fc.array(fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), layer), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  draws: fc.infiniteStream(fc.nat()),
});

/** Fleets of every depth, with comments in any place. What they say may still be wrong here and there. */
export const randomFleet: fc.Arbitrary<RandomFleet> = shape.map(({ levels, components, draws }) => {
  const draw: Draw = (limit) => Number(draws.next().value) % limit;
  const files = new Map<string, string>();
  const comments: string[] = [];
  const dimensions = ['zones', 'areas', 'halls', 'racks'].slice(0, levels.length);
  const paths: string[] = [];
  const nodes = (depth: number, above: string): Value => ({
    list: Array.from({ length: levels[depth] ?? 1 }, (_, index): Value => {
      const name = `${dimensions[depth]?.slice(0, 1)}${index}`;
      paths.push(`${above}${name}`);
      const next = dimensions[depth + 1];
      return next
        ? {
            map: [
              ['name', { plain: name }],
              [next, nodes(depth + 1, `${above}${name}/`)],
            ],
          }
        : { plain: name };
    }),
  });
  const write = (path: string, content: Value, random: Draw = draw) => {
    const lines = new Writer(random, dimensions, `c${files.size}`).file(content);
    files.set(path, `${lines.join('\n')}\n`);
    for (const [index, line] of lines.entries()) {
      const comment = / ?# (c\d+x\d+)$/.exec(line)?.[1];
      if (comment) comments.push(`${path}:${index + 1} ${comment}`);
    }
  };
  const dims: Value = { list: dimensions.map((plain) => ({ plain })) };
  write('config.yaml', {
    map: [
      ['dimensions', dims],
      ['sequence', { map: [[dimensions[0] as string, nodes(0, '')]] }],
    ],
  });
  const spec: Value = {
    map: [
      ['project', { plain: 'default' }],
      ['destination', { plain: '{ name: in-cluster, namespace: x }' }],
    ],
  };
  write('mc/defaults.yaml', { map: [['applications', { map: [['default', spec]] }]] });
  for (const [index, { apps, bases, overrides, patches }] of components.entries()) {
    const names = Array.from({ length: apps }, (_, app) => (apps === 1 && index === 2 ? 'defaults' : `app-${index}${app}`));
    const of = (layers: readonly Value[]): MapValue => ({
      map: [['applications', { map: names.slice(0, layers.length).map((name, app): Pair => [name, layers[app] as Value]) }]],
    });
    const chart: Pair[] = [
      ['repoURL', { plain: 'https://example.com' }],
      ['chart', { plain: 'x' }],
    ];
    const whole = bases.map((base): Value => ({ map: [['source', { map: [...chart, ['targetRevision', { plain: '1.0.0' }], ...valuesOf(base)] }]] }));
    const shared: Pair[] =
      index === 0
        ? [
            [
              'shared',
              {
                map: [
                  ['tier', { plain: 'gold' }],
                  ['nested', { plain: '7' }],
                  ['size', { plain: '1234567' }],
                ],
              },
            ],
          ]
        : [];
    write(`mc/comp-${index}/values.yaml`, { map: [...shared, ...of(whole).map] });
    for (const [at, change] of overrides) write(`mc/comp-${index}/${paths[at % paths.length]}/override.yaml`, of([change]));
    for (const [number, [places, change]] of patches.entries()) {
      const metadata: Pair = ['metadata', { map: [['description', { plain: `Patch ${number}` }]] }];
      const content: Value = { map: [metadata, ...of([change]).map] };
      for (const path of new Set(places.map((at) => paths[at % paths.length]))) write(`mc/comp-${index}/${path}/patch-${number}.yaml`, content);
    }
  }
  // A file that was written twice has the comments of the last time.
  const last = comments.filter((comment) => files.get(comment.slice(0, comment.indexOf(':')))?.includes(comment.slice(comment.indexOf(' ') + 1)));
  return { files: Object.fromEntries(files), comments: last };
});

/** The Helm values of a layer, which hold every kind of value. */
function valuesOf({ map }: MapValue): readonly Pair[] {
  return map.flatMap(([, source]) => ('map' in source ? source.map.filter(([key]) => key === 'helm') : []));
}

/** Writes YAML with comments wherever they may stand. */
class Writer {
  #comments = 0;

  constructor(
    readonly draw: Draw,
    readonly dimensions: readonly string[],
    readonly prefix: string,
  ) {}

  file(content: Value): readonly string[] {
    return [...this.#comment(''), ...this.#below(content, ''), ...this.#comment('')];
  }

  #below(of: Value, indent: string): readonly string[] {
    if ('map' in of)
      return [
        ...of.map.flatMap(([key, inner]) => [...this.#comment(indent), ...this.#entry(`${indent}${key}:`, inner, `${indent}  `)]),
        ...this.#comment(indent),
      ];
    if ('list' in of)
      return [...of.list.flatMap((inner) => [...this.#comment(indent), ...this.#entry(`${indent}-`, inner, `${indent}  `)]), ...this.#comment(indent)];
    return [];
  }

  #entry(head: string, of: Value, indent: string): readonly string[] {
    if ('plain' in of) return [`${head} ${this.#text(of.plain)}${this.#behind()}`];
    if ('block' in of) {
      const [style = '|', ...lines] = of.block;
      return [`${head} ${style}`, ...lines.map((line) => (line === '' ? '' : `${indent}${this.#text(line)}`))];
    }
    if (isFlat(of) && this.draw(4) === 0) return [`${head} ${this.#flow(of)}${this.#behind()}`];
    return [`${head}${this.#behind()}`, ...this.#below(of, indent)];
  }

  /** On one line, which block scalars do not do. */
  #flow(of: Value): string {
    if ('map' in of) return `{ ${of.map.map(([key, inner]) => `${key}: ${this.#flow(inner)}`).join(', ')} }`;
    if ('list' in of) return `[${of.list.map((inner) => this.#flow(inner)).join(', ')}]`;
    return 'plain' in of && of.plain !== '' ? this.#text(of.plain) : 'null';
  }

  #text(text: string): string {
    // The same in every copy of a patch.
    const dimension = this.dimensions[text.length % this.dimensions.length] ?? '';
    return text.replaceAll('DIM', dimension.slice(0, -1));
  }

  #comment(indent: string): readonly string[] {
    return this.draw(6) === 0 ? [`${indent}${this.#next()}`] : [];
  }

  #behind(): string {
    return this.draw(8) === 0 ? ` ${this.#next()}` : '';
  }

  #next(): string {
    this.#comments += 1;
    return `# ${this.prefix}x${this.#comments}`;
  }
}

/** Whether a value can stand on one line. */
function isFlat(of: Value): boolean {
  if ('map' in of) return of.map.every(([, inner]) => isFlat(inner));
  return 'list' in of ? of.list.every(isFlat) : 'plain' in of;
}
