import { InvalidArgumentError } from 'commander';

/** Reads an option that gives a label or an annotation. @param known those given before it */
export function readKeyValue(text: string, known: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError("Expected key=value, such as 'company.example/region=eu-west-1'.");
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
}
