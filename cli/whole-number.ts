import { InvalidArgumentError } from 'commander';

/** How many of something an option asks for. @throws where it is no number: commander says which option it was */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number; 0 for all.');
  return Number(text);
}
