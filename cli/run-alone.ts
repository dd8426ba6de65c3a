import { exclusively, expectSettled, type Recovered } from '../store/edit/transaction';

/** Runs a command that writes configuration or output: alone, and after what a killed one began is finished or undone. */
export function runAlone<T>(config: string, run: () => T): T {
  return exclusively(config, (recovered) => {
    reportRecovery(config, recovered);
    return run();
  });
}

/** Runs a command that only reads: it writes nothing. @throws FleetError where the configuration is half edited */
export function runSettled<T>(config: string, run: () => T): T {
  expectSettled(config);
  return run();
}

/** Runs a command that writes, unless it was asked what it would write. */
export function runWriting<T>({ config, dryRun }: { readonly config: string; readonly dryRun?: boolean }, run: () => T): T {
  return dryRun ? runSettled(config, run) : runAlone(config, run);
}

/** On standard error: standard output is the command's own. */
export function reportRecovery(config: string, recovered: Recovered): void {
  if (recovered === 'nothing') return;
  const done = recovered === 'finished' ? 'has been finished; `npx fleet synth` renders it' : 'has been undone';
  process.stderr.write(`An earlier command was killed while it wrote '${config}'. What it began ${done}.\n\n`);
}
