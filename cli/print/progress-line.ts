/** Shows on a terminal how far a long run is, once it takes more than a second. */
export class ProgressLine {
  readonly #started = performance.now();
  #last = 0;
  #isShown = false;

  /** Runs something that can say how far it is; the line is gone afterwards. */
  during<T>(run: (show: (text: string) => void) => T): T {
    try {
      return run(this.#show);
    } finally {
      if (this.#isShown) process.stderr.write('\r\u001b[K');
    }
  }

  readonly #show = (text: string): void => {
    if (!process.stderr.isTTY) return;
    const now = performance.now();
    if (now - this.#started < 1000 || now - this.#last < 100) return;
    this.#last = now;
    this.#isShown = true;
    process.stderr.write(`\r\u001b[K${text}…`);
  };
}
