import { type Finding, unread } from '../../layers/consequences';
import { getOr } from '../../layers/get-or';
import { Leaf, type Node } from '../../layers/node';
import { lacking, repeatedNames, unknownNames, type WrongNeed, waysAround } from '../check/order/needs';
import { isWave, neededOf, saidWave, syncWave, waveOf } from '../resolve/sync-order';
import { targetKey } from '../resolve/target-key';
import { originOf } from '../tree/origin';
import type { Place } from './place';
import type { RenderedApp } from './rendered-app';

/** An app that says what it needs. */
interface Needing {
  readonly app: RenderedApp;
  readonly name: string;
  /** Where it says so. */
  readonly node: Node;
  readonly names: readonly string[];
}

/** What an app needs and some targets lack. */
interface Lack {
  readonly clusterType: string;
  readonly needed: string;
  readonly at: (isNowhere: boolean) => Finding;
}

/** Whether what apps need is there, in an order that can be kept, at every target. */
export class OrderCheck {
  readonly #lacking: Lack[] = [];
  /** By cluster type. */
  readonly #deployed = new Map<string, Set<string>>();

  *problems(place: Place): Generator<Finding> {
    const { clusterType, target, apps } = place;
    const deployed = getOr(this.#deployed, clusterType.name, () => new Set<string>());
    for (const { app, rendition } of apps) if (rendition.enabled) deployed.add(app.construct.name);
    const all = apps.flatMap((app) => needingOf(app));
    if (all.length === 0) return;
    const key = targetKey(target);
    const byName = new Map(apps.map((app) => [app.app.construct.name, app]));
    const known = [...byName.keys()];
    const words = { code: 'unknown-app', what: `app of ${clusterType.name}`, words: 'apps' } as const;
    for (const one of all) {
      const { name, names } = one;
      for (const wrong of repeatedNames(name, names)) yield problemOf(one, wrong, key);
      for (const wrong of unknownNames(name, names, known, words)) {
        // It may be in a file that could not be read.
        yield { ...problemOf(one, wrong, key), follows: [unread(clusterType.name, names[wrong.index])] };
      }
      if (!one.app.rendition.enabled) continue;
      for (const [index, needed] of names.entries()) {
        if (byName.get(needed)?.rendition.enabled !== false) continue;
        const at = (isNowhere: boolean) => problemOf(one, lacking(name, index, needed, isNowhere), key);
        this.#lacking.push({ clusterType: clusterType.name, needed, at });
      }
    }
    const around = [...waysAround(new Map(all.map(({ name, names }) => [name, names])))];
    for (const wrong of around) yield problemOf(all.find(({ name }) => name === wrong.name) as Needing, wrong, key);
    // On a way around no wave is right.
    if (around.length === 0) for (const one of all) yield* contradictions(one, byName, key);
  }

  /** What is lacking, after every target was looked at. */
  *lacking(): Generator<Finding> {
    for (const { clusterType, needed, at } of this.#lacking) yield at(!this.#deployed.get(clusterType)?.has(needed));
  }
}

function needingOf(app: RenderedApp): readonly Needing[] {
  const needed = neededOf(app.rendition.values);
  // A project that says so is told of by a rule of its own.
  return needed && app.app.construct.kind !== 'AppProject' ? [{ app, name: app.app.construct.name, ...needed }] : [];
}

/** Waves that apps say themselves, against what they need. */
function* contradictions({ app, name, names }: Needing, byName: ReadonlyMap<string, RenderedApp>, target: string): Generator<Finding> {
  const others = names.flatMap((needed) => byName.get(needed) ?? []);
  for (const one of [app, ...others]) {
    const said = saidWave(one.rendition.values);
    if (!(said instanceof Leaf) || typeof said.value !== 'string' || isWave(said.value)) continue;
    const message = `'${one.app.construct.name}' takes part in the order of apps, and its sync wave is no number`;
    yield atField(one, said, ['annotations', syncWave], target, { code: 'order', message, expected: "a whole number as text: '2'", found: `'${said.value}'` });
  }
  const said = saidWave(app.rendition.values);
  const wave = waveOf(app.rendition.values);
  for (const other of said ? others : []) {
    const before = waveOf(other.rendition.values);
    if (before < wave) continue;
    yield atField(app, said as Node, ['annotations', syncWave], target, {
      code: 'order',
      message: `'${name}' needs '${other.app.construct.name}', and says a sync wave that is not behind it`,
      expected: `a number above ${before}, the wave of '${other.app.construct.name}'`,
      found: String(wave),
      hint: 'leave the annotation out: `after` gives the app its wave',
    });
  }
}

function problemOf({ app, node }: Needing, { name: _, index, ...wrong }: WrongNeed, target: string): Finding {
  return atField(app, node, ['after', String(index)], target, wrong);
}

/** A problem with what a layer says of an app. */
function atField({ app }: RenderedApp, { source }: Node, path: readonly string[], target: string, problem: Finding): Finding {
  return { app: app.construct.name, target, file: source.file ?? originOf(app.construct).file, place: [...source.place, ...path], ...problem };
}
