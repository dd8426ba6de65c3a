/**
 * How a file is known as the tool's.
 *
 * - `record`: the record of its target's folder names it, or it says so itself
 * - `form`: it is, to the byte, what the tool writes at such a place; whoever wants to can write the same
 */
export type Mark = 'record' | 'form';
