import type { FleetError } from '../../layers/problem';
import { cannotEdit, type Editable } from './editable';

/** A text that was parsed to be edited, or to be moved elsewhere; what it refuses is told with the edit to make by hand. */
export abstract class SourceEdit<Tree> {
  protected readonly source: Editable;
  protected readonly tree: Tree;
  protected readonly byHand: string;

  /**
   * @param source with lines that end in `\n`
   * @param byHand what to do where it is refused
   */
  constructor(source: Editable, tree: Tree, byHand: string) {
    this.source = source;
    this.tree = tree;
    this.byHand = byHand;
  }

  protected refusal(offset: number, message: string): FleetError {
    return cannotEdit(this.source, offset, message, this.byHand);
  }
}
