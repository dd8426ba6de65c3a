import type { ShownValue } from '../model/values';

/** The letter and the colour of one of a field's values; from the ninth on the letter alone tells them apart. */
export function Letter({ value }: { readonly value: ShownValue }) {
  return (
    <b class={`letter ${colourOf(value.rank)}`} aria-hidden="true">
      {value.letter}
    </b>
  );
}

export function colourOf(rank: number): string {
  return rank < 8 ? `c${rank}` : 'cx';
}

const long = 120;

/** A value: a long one is folded. */
export function ValueText({ text }: { readonly text: string }) {
  if (text.length <= long && !text.includes('\n')) return <span class="value">{text}</span>;
  return (
    <details class="folded">
      <summary>
        <span class="value">{text.split('\n', 1)[0]?.slice(0, long)} …</span>
      </summary>
      <pre>{text}</pre>
    </details>
  );
}

/** How often there is which value, as a bar; its words stand beside it. */
export function Shares({ counts }: { readonly counts: readonly (readonly [ShownValue, number])[] }) {
  return (
    <span class="shares" aria-hidden="true">
      {counts.slice(0, 12).map(([value, count]) => (
        <i key={value.key} class={colourOf(value.rank)} style={{ flexGrow: count }} />
      ))}
    </span>
  );
}
