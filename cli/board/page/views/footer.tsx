import { useShown } from '../parts/context';
import { CommitLink } from '../parts/outside';
import { DateTime } from '../parts/time';

/** Of what the board was made, and what it cannot know. */
export function Footer() {
  const { commit, live, notes, of } = useShown().fleet.board;
  return (
    <footer>
      <p>
        Made of {of}
        {commit !== undefined && (
          <>
            , at commit <CommitLink hash={commit.hash} /> of <DateTime of={commit.date} />
          </>
        )}
        {live !== undefined && (
          <>
            ; the regions were asked at <DateTime of={live.at} />, and held against {live.of}
          </>
        )}
        .
      </p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </footer>
  );
}
