import type { Edits } from '../../store/edit/edits';
import type { Proof } from './prove';

/** Edits of the configuration that are proved: nothing is written yet. */
export interface Change {
  readonly edits: Edits;
  readonly proof: Proof;
  /** What a commit of them says, in a line. */
  readonly message: string;
  /** Lines of its message that say what is allowed. @default - none */
  readonly statements?: readonly string[];
}
