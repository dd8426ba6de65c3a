/** Exit status of a command that waits for somebody's approval. */
export const waitingStatus = 3;
