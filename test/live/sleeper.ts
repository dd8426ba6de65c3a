import { onInterrupt, Processes } from './processes';

// What `processes.test.ts` interrupts: a suite that started a program, which started another.
const processes = new Processes(process.argv[2] ?? '');
onInterrupt(() => processes.stopAll());
process.on('exit', () => processes.killAll());
const script = 'sleep 600 & echo $! > inner; echo $$ > outer; wait';
processes.start('sleeper', { command: 'sh', args: ['-c', script], cwd: process.argv[2] }).then(() => {
  if (process.argv[3] === 'throw') setTimeout(() => Promise.reject(new Error('a step fails')), 300);
  setInterval(() => undefined, 1000);
});
