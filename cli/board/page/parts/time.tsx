/** A moment as whoever made it saw the clock; other texts as they are. */
export function DateTime({ of, isTimeOnly = false }: { readonly of: string; readonly isTimeOnly?: boolean }) {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(of) ?? [];
  if (day === undefined) return <>{of}</>;
  return (
    <time dateTime={of} title={of}>
      {isTimeOnly ? time : `${day} ${time}`}
    </time>
  );
}
