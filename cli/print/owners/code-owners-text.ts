import { codeOwnerWords } from '../../../layers/text/code-owner';
import { shellWord } from '../../../store/text/shell-word';
import type { CodeOwners, CodeOwnersLine } from '../../read/owners/code-owners';

/** A CODEOWNERS file. */
export function codeOwnersText({ options, apps, rendered, self }: CodeOwners): string {
  const command = ['fleet owners --codeowners', ...options.map(shellWord)].join(' ');
  return [
    `# Made by \`npx ${command}\`, at the top of the repository: make it anew where an app, an owner,`,
    '# a node or an approver changes, and edit nothing here. Of the lines that match a path, the last one counts.',
    ...section('The apps, and whom they belong to.', apps),
    ...section('What is rendered, and who approves what reaches it: approvers of a node, and of the nodes above it.', rendered),
    ...section('This file: whoever approves anything.', self ? [self] : []),
  ].join('\n');
}

function section(title: string, lines: readonly CodeOwnersLine[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `# ${title}`, ...lines.flatMap(lineText)];
}

/** A line with nobody in it would say that nobody is asked, whatever stands above. */
function lineText({ pattern, owners, unknown }: CodeOwnersLine): readonly string[] {
  const line = [pattern, ...owners].join(' ');
  return [
    ...(unknown.length > 0
      ? [`# Left out${owners.length > 0 ? '' : ` of ${pattern}`}: ${unknown.map(inComment).join(', ')} (expected ${codeOwnerWords})`]
      : []),
    ...(owners.length > 0 || unknown.length === 0 ? [line] : []),
  ];
}

/** On one line, whatever somebody is called. */
function inComment(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}
