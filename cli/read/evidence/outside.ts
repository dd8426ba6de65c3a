import { shapeOf } from '../../../constructs/argocd/secrets/secret-shapes';
import type { Answer } from '../../../layers/law/evidence';
import { isMap } from '../../../layers/plain-data';
import { type Hide, hiderOf } from '../../../layers/text/hide-secrets';
import type { RunningApplication } from '../../../rollout/evidence/running';
import type { SpecDifference } from '../../../rollout/evidence/same-spec';
import type { LoadedFleet } from '../load-fleet';
import type { AskingProblems } from './asking';
import { secretsOf } from './secrets';

/** How long something is that servers and programs say. */
const longest = 300;

/**
 * The one gate for what comes from outside: from servers, commands and functions. Whatever of it is printed, published or committed
 * passes here, as it came; no secret gets through, and nothing that is longer than people read.
 */
export class Outside {
  readonly #hide: Hide;
  /** Many targets are told the same, and it may be long. */
  readonly #known = new Map<string, string>();

  constructor(hide: Hide) {
    this.#hide = hide;
  }

  /** One line, and not a long one. */
  text(said: string): string {
    let shown = this.#known.get(said);
    if (shown === undefined) {
      shown = shortened(withoutShapes(this.#hide(said)).replace(/\s+/g, ' ').trim());
      this.#known.set(said, shown);
    }
    return shown;
  }

  /** The same, with nothing that a terminal obeys. */
  line(said: string): string {
    return this.text(said)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim();
  }

  /** Lines of a log, as they are but for secrets. */
  log(said: string): string {
    return this.#hide(said);
  }

  /** What evidence says is nothing that a terminal obeys, besides: it gets into commits. */
  answer(answer: Answer): Answer {
    return answer.is === 'good' ? answer : { ...answer, why: this.line(answer.why) };
  }

  application(one: RunningApplication): RunningApplication {
    const { name, health, sync, why, server, behind, unread, differs } = one;
    const texts = Object.entries({ name, health, sync, why, server, behind, unread }).flatMap(([key, said]) =>
      said === undefined ? [] : [[key, this.text(said)]],
    );
    return { ...one, ...Object.fromEntries(texts), differs: differs.map((difference) => this.#difference(difference)) };
  }

  #difference({ field, ...values }: SpecDifference): SpecDifference {
    return { ...values, field: this.text(field), ...('runs' in values ? { runs: this.#value(values.runs) } : {}) };
  }

  #value(value: unknown): unknown {
    if (typeof value === 'string') return this.#hide(value);
    if (Array.isArray(value)) return value.map((one) => this.#value(one));
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [this.#hide(key), this.#value(one)])) : value;
  }
}

/** What comes from whom a fleet asks. @param problems that know the tokens which they were asked with */
export function outsideOf(fleet: LoadedFleet, { tokens }: AskingProblems): Outside {
  return new Outside(hiderOf(secretsOf(fleet, tokens)));
}

/** What is a secret wherever it stands, and nobody here has: that of a cluster. */
function withoutShapes(text: string): string {
  if (shapeOf(text) === undefined) return text;
  const words = text.replace(/\S+/g, (word) => (shapeOf(word) === undefined ? word : '***'));
  const why = shapeOf(words);
  return why === undefined ? words : `*** (${why})`;
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
