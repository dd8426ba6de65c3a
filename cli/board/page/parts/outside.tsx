import type { ComponentChildren } from 'preact';
import { addressOfCommit, addressOfLine } from '../model/addresses';
import { useShown } from './context';

function Outside({ href, children }: { readonly href: string | undefined; readonly children: ComponentChildren }) {
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

export function CommitLink({ hash }: { readonly hash: string }) {
  const { links } = useShown().fleet.board;
  return (
    <Outside href={addressOfCommit(links?.commit, hash)}>
      <code class="hash">{hash.slice(0, 9)}</code>
    </Outside>
  );
}

/** A file of the configuration, and its line where that is known. */
export function LineLink({ file, line }: { readonly file: string; readonly line: number }) {
  const { links } = useShown().fleet.board;
  return (
    <Outside href={addressOfLine(links?.file, file, line)}>
      <code>
        {file}
        {line > 0 && `:${line}`}
      </code>
    </Outside>
  );
}
