import { codeOwnerWords } from '../../../layers/text/code-owner';
import { shellWord } from '../../../layers/text/shell-word';
import type { CodeOwners, CodeOwnersLine } from '../../read/owners/code-owners';

/** A CODEOWNERS file. */
export function codeOwnersText({ options, apps, rendered, evidence, law }: CodeOwners): string {
  const command = ['npx fleet owners --codeowners', ...options.map(shellWord)].join(' ');
  const unknown = [...new Set([...apps, ...rendered].flatMap((line) => line.unknown))].sort();
  return [
    `# Made at the top of the repository by \`${onOneLine(command)}\`.`,
    '# Make it anew where an app, an owner, a node or an approver changes, and edit nothing here. Of the lines that match a path, the last one counts.',
    ...(unknown.length > 0 ? [`# Left out, for no forge knows them: ${unknown.map(onOneLine).join(', ')} (expected ${codeOwnerWords}).`] : []),
    ...section('The apps, and whom they belong to.', apps),
    ...section('What is rendered: the approvers of what it reaches, and of the nodes above.', rendered),
    ...section('What evidence runs and trusts: it decides what goes on. Whoever approves anything.', evidence),
    ...section('What holds changes: the fleet, its exemptions and rules, pipelines and this file. Whoever approves anything.', law),
  ].join('\n');
}

function section(title: string, lines: readonly CodeOwnersLine[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `# ${title}`, ...lines.map(lineText)];
}

/** A line with nobody in it would take those away whom a line above asks. */
function lineText({ pattern, owners }: CodeOwnersLine): string {
  return owners.length > 0 ? [pattern, ...owners].join(' ') : `# No line of its own: ${pattern}`;
}

/** Whatever somebody or a folder is called: what follows a line break would be a line of the file. */
function onOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is left out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
}
