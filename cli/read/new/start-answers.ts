import { InvalidArgumentError } from 'commander';
import { readLine } from '../../../store/files/ask-line';
import { type Pipeline, pipelines, type Shape, shapes } from '../../../store/start/fleet-start';
import { placeholderRepository } from '../../../store/start/placeholder';
import type { StartAnswers } from '../../../store/start/plan-start';
import { cannotStart, type StartPlace, startPlace } from '../../../store/start/start-place';

/** What the command line says of a new fleet. */
export interface StartOptions {
  readonly shape?: Shape;
  readonly repository?: string;
  readonly ci?: Pipeline;
  readonly name?: string;
}

/** What is taken where nobody says otherwise. */
export function defaultAnswers(place: StartPlace, { shape, repository, ci, name }: StartOptions, version: string): StartAnswers {
  return {
    shape: shape ?? 'regions',
    wanted: shape,
    repository: repository ?? place.remote ?? placeholderRepository,
    pipeline: ci ?? place.pipeline,
    name,
    version,
  };
}

/** A person who is asked. */
export interface Asker {
  say(text: string): void;
  /** @returns what was typed; `undefined` where nothing more will be */
  answer(): string | undefined;
}

/** Asks at a terminal. On standard error: standard output is the command's own. */
export const terminal: Asker = { say: (text) => process.stderr.write(text), answer: readLine };

/** Asks what the command line leaves open, at most four questions. @throws FleetError where the answers end */
export function askStart(
  dir: string | undefined,
  options: StartOptions,
  version: string,
  asker: Asker,
): { readonly dir: string; readonly answers: StartAnswers } {
  const folder = dir ?? ask(asker, 'Which folder shall the fleet begin in?', '.', (answer) => answer);
  const place = startPlace(folder);
  const usual = defaultAnswers(place, options, version);
  const shape = options.shape ?? (place.fleet ? place.fleet.shape : askShape(asker));
  const repository = options.repository ?? (place.fleet ? usual.repository : askRepository(asker, place.remote));
  const question = 'Who checks pull requests: github, gitlab, or none?';
  const pipeline = options.ci ?? ask(asker, question, usual.pipeline, (answer) => oneOf(answer, pipelines));
  return { dir: folder, answers: { ...usual, shape, repository, pipeline } };
}

function askShape(asker: Asker): Shape {
  const question = `What shape has it?
  regions  environments, sectors and regions; each region's own Argo CD applies its folder
  hubs     hubs whose Argo CD deploys to spokes, tenant by tenant
  yaml     as regions, written in YAML files
Shape`;
  return ask(asker, question, 'regions', (answer) => oneOf(answer, shapes));
}

function askRepository(asker: Asker, remote: string | undefined): string {
  const later = 'later';
  const answer = ask(asker, 'Which Git repository does Argo CD read?', remote ?? later, (text) => (text === later ? text : repositoryOf(text)));
  return answer === later ? placeholderRepository : answer;
}

/** @returns `undefined` where it is no URL */
function repositoryOf(text: string): string | undefined {
  return /^(https?:\/\/|ssh:\/\/|[\w.-]+@[\w.-]+:)\S+$/.test(text) ? text : undefined;
}

/** @throws InvalidArgumentError where it is no URL */
export function readRepository(text: string): string {
  const url = repositoryOf(text);
  if (url === undefined) throw new InvalidArgumentError('A URL is expected, such as https://github.com/company/fleet or git@github.com:company/fleet.git.');
  return url;
}

/** A beginning of a word is enough where no other begins so. */
function oneOf<Word extends string>(answer: string, words: readonly Word[]): Word | undefined {
  const meant = words.filter((word) => word.startsWith(answer.toLowerCase()));
  return meant.length === 1 ? meant[0] : undefined;
}

/** Asks until there is an answer that can be used; none at all means what stands in parentheses. */
function ask<Answer>(asker: Asker, question: string, usual: Answer & string, read: (answer: string) => Answer | undefined): Answer {
  for (;;) {
    asker.say(`${question} (${usual}): `);
    const answer = asker.answer();
    if (answer === undefined) {
      asker.say('\n');
      throw cannotStart(
        'the answers ended before the questions',
        'an answer to each',
        undefined,
        'nothing was written; --yes takes what stands in parentheses',
      );
    }
    const found = answer.trim() === '' ? usual : read(answer.trim());
    if (found !== undefined) return found;
    asker.say(`'${answer.trim()}' is not an answer to that.\n`);
  }
}
