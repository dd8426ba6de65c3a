// In the place of `fleet`: what it says follows from the files of a fleet that has one patch. Plain JavaScript, so that it starts at once.
const { readFileSync, writeFileSync, appendFileSync } = require('node:fs');

const [command, ...rest] = process.argv.slice(2);
const read = (file) => readFileSync(file, 'utf8').trim();
const format = rest[rest.indexOf('--format') + 1];
appendFileSync(process.env.CALLED, `fleet ${[command, ...rest].join(' ')}\n`);
if (process.env.FLEET_COMMENT_TOKEN || process.env.FLEET_PROMOTE_TOKEN) appendFileSync(process.env.CALLED, 'a token\n');

const state = read('config/state');
if (state === 'broken') {
  process.stderr.write('error config-throws config/fleet.ts\n  ```</details> it throws\n');
  process.exit(1);
}
if (command === 'check' && rest.includes('--since')) {
  const isRefused = state === 'refused';
  console.log(format === 'github' && isRefused ? '::error file=config/state,line=1::refused' : `**${isRefused ? 'refused' : 'passes'}** as ${format}`);
  process.exit(isRefused ? 1 : 0);
}
if (command === 'diff') console.log(state.startsWith('large') ? largeDiff(Number(state.split(' ')[1])) : `**state** is \`${state}\``);
if (command === 'plan') console.log('patch-001 of app in type: Upgrade\n\n  1. integrates  into the base');
if (command === 'promote') {
  const isMoving = state === 'stage';
  if (isMoving) {
    writeFileSync('config/state', `production ${process.env.SOAKED ?? ''}\n`);
    writeFileSync('dist/app.yaml', 'state: production\n');
  }
  const names = { clusterType: 'type', app: 'app', patch: 'patch-001' };
  const moved = isMoving ? [{ ...names, step: 'enter', path: 'production' }] : [];
  const waiting = isMoving ? [] : [{ ...names, reason: 'it has not soaked', owners: [] }];
  console.log(JSON.stringify({ ok: true, moved, waiting, next: [] }));
}

function largeDiff(lines) {
  return [
    '<details><summary>rows</summary>',
    '',
    ...Array.from({ length: lines }, (_, index) => `| row ${index} | ${'x'.repeat(80)} |`),
    '',
    '</details>',
  ].join('\n');
}
