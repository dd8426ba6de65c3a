import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap } from '../../layers/plain-data';
import { FleetError } from '../../layers/problem';
import { entryAt } from '../files/entry-at';
import { addToJson, replaceInJson } from '../text/json-text';
import type { PackageAdditions } from './packages';

/** What `npm init` writes where there is no test: its own words say that there is none. */
const noTest = 'echo "Error: no test specified" && exit 1';

const sections = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** A `package.json` that is there. */
export class OwnPackage {
  readonly #text: string;
  readonly #content: { readonly [key: string]: unknown };

  constructor(text: string, content: { readonly [key: string]: unknown }) {
    this.#text = text;
    this.#content = content;
  }

  /** Whether it asks for a package, in any section. */
  has(name: string): boolean {
    return sections.some((section) => Object.hasOwn(this.#map(section), name));
  }

  /** With what a fleet needs: nothing of what is there becomes another. */
  extended({ scripts, dependencies, devDependencies, jest }: PackageAdditions, hasJestConfig: boolean): ExtendedPackage {
    const added: string[] = [];
    const kept: KeptScript[] = [];
    let text = this.#text;
    const add = (section: string, values: Readonly<Record<string, unknown>>) => {
      text = addToJson(text, [section], values);
      added.push(...Object.keys(values).map((name) => `${section}.${name}`));
    };
    const own = this.#map('scripts');
    add('scripts', Object.fromEntries(Object.entries(scripts).filter(([name]) => !Object.hasOwn(own, name))));
    for (const [name, script] of Object.entries(scripts)) {
      if (own[name] === noTest) {
        text = replaceInJson(text, ['scripts', name], script);
        added.push(`scripts.${name}, in the place of \`${noTest}\``);
      } else if (Object.hasOwn(own, name) && own[name] !== script) kept.push({ name, script: String(own[name]), wanted: script });
    }
    const missing = (values: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(values).filter(([name]) => !this.has(name)));
    add('dependencies', missing(dependencies));
    add('devDependencies', missing(devDependencies));
    if (jest !== undefined && !hasJestConfig && !Object.hasOwn(this.#content, 'jest')) {
      text = addToJson(text, [], { jest });
      added.push('jest');
    }
    return { text, added, kept };
  }

  #map(key: string): { readonly [name: string]: unknown } {
    const found = this.#content[key];
    return isMap(found) ? found : {};
  }
}

/** A script that is called as one of a fleet, and is another. */
export interface KeptScript {
  readonly name: string;
  readonly script: string;
  readonly wanted: string;
}

export interface ExtendedPackage {
  readonly text: string;
  /** What was added: `scripts.synth`. */
  readonly added: readonly string[];
  readonly kept: readonly KeptScript[];
}

/** @returns `undefined` where there is none @throws FleetError where it cannot be read, or be added to */
export function readPackage(dir: string, root: string): OwnPackage | undefined {
  const file = dir === '.' ? 'package.json' : `${dir}/package.json`;
  const found = entryAt(join(root, 'package.json'));
  if (!found) return undefined;
  const refuse = (what: string) => {
    const expected = 'a package.json of npm, to which what the fleet needs can be added';
    return new FleetError([
      { code: 'init-target', message: `${file} cannot be added to`, place: [], expected, found: what, hint: 'mend it first; nothing was written' },
    ]);
  };
  if (!found.isFile()) throw refuse(found.isSymbolicLink() ? 'a link' : 'no file');
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const content = parsed(text, refuse);
  if (!isMap(content)) throw refuse('JSON that is no object');
  for (const section of ['scripts', 'dependencies', 'devDependencies'] as const) {
    if (content[section] !== undefined && !isMap(content[section])) throw refuse(`'${section}' that is no object`);
  }
  return new OwnPackage(text, content);
}

function parsed(text: string, refuse: (what: string) => FleetError): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refuse(`no JSON: ${(cause as Error).message}`);
  }
}
