import { exclusively, expectSettled, type Recovered } from '../../store/edit/transaction';

/** Runs a command that writes configuration, or renders what it says, alone, once what a killed one left is in order. */
export function alone<T>(config: string, run: () => T): T {
  return exclusively(config, (recovered) => {
    tell(config, recovered);
    return run();
  });
}

/** Runs a command that only reads: it writes nothing, and a configuration that is half edited is told and not taken for what it says. */
export function settled<T>(config: string, run: () => T): T {
  expectSettled(config);
  return run();
}

/** On standard error: standard output is the command's own. */
function tell(config: string, recovered: Recovered): void {
  if (recovered === 'nothing') return;
  const done = recovered === 'finished' ? 'has been finished; `npx fleet synth` renders it' : 'has been undone';
  process.stderr.write(`An earlier command was killed while it wrote '${config}'. What it began ${done}.\n\n`);
}
