/** Lets time pass, half a second at once, wherever this process waits for a lock, or asks how long it has waited; until mocks are restored. */
export function withoutWaiting(): void {
  const [now, running] = [Date.now.bind(Date), performance.now.bind(performance)];
  let passed = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
  jest.spyOn(performance, 'now').mockImplementation(() => running() + passed);
  jest.spyOn(Atomics, 'wait').mockImplementation(() => {
    passed += 500;
    return 'timed-out';
  });
}
