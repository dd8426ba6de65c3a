// In the place of `fleet`: what it says follows from the files of a fleet that has a patch of each of two apps at most. Plain JavaScript, so that it starts at once.
const { execFileSync } = require('node:child_process');
const { readFileSync, appendFileSync, existsSync } = require('node:fs');

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
if (command === 'promote') {
  const prefix = git(['rev-parse', '--show-prefix']);
  const room = prefix === '' ? 'fleet/steps' : `fleet/steps-${prefix.replace(/\W+/g, '-')}`;
  const apps = ['state', 'other'].filter((name) => existsSync(`config/${name}`));
  const branches = apps.filter((app) => read(`config/${app}`) === 'stage').map((app) => branchOf(app, `${room}/type/${app}`, prefix));
  const waiting = apps
    .filter((app) => read(`config/${app}`) !== 'stage')
    .map((app) => ({ clusterType: 'type', app, patch: 'patch-001', reason: 'it has not soaked', owners: [], branch: `${room}/type/${app}` }));
  const there = git(['for-each-ref', '--format=%(refname:lstrip=3)', 'refs/remotes/origin/fleet/']).split('\n');
  const gone = there.filter((name) => name.startsWith(`${room}/`) && !branches.some((one) => one.name === name));
  const obsolete = gone.map((name) => ({ name, reason: 'it has not soaked', note: '**Closed by the pipeline**: `it has not soaked`' }));
  console.log(JSON.stringify({ ok: true, base: git(['rev-parse', 'HEAD']), branches, waiting, obsolete, next: [] }));
}

/** A commit that makes a step of an app, on a branch of its own. */
function branchOf(app, name, prefix) {
  const env = { ...process.env, GIT_INDEX_FILE: `${git(['rev-parse', '--absolute-git-dir'])}/index-of-stand-in` };
  git(['read-tree', 'HEAD'], { env });
  for (const [path, text] of [
    [`config/${app}`, `production ${process.env.SOAKED ?? ''}\n`],
    [`dist/${app}.yaml`, `${app}: production\n`],
  ]) {
    const id = git(['hash-object', '-w', '--stdin'], { input: text });
    git(['update-index', '--add', '--cacheinfo', `100644,${id},${prefix}${path}`], { env });
  }
  const title = `type/${app}: roll patch-001 out to production`;
  const message = `${title}\n\nFleet-Evidence: type/${app} patch-001 stage smoke good@2026-11-28T0${process.env.HOUR ?? 8}:00:00Z 0123456789abcdef\n`;
  const commit = git(['commit-tree', git(['write-tree'], { env }), '-p', 'HEAD'], { input: message });
  git(['update-ref', `refs/heads/${name}`, commit]);
  const body = `**The plan** of \`${app}\`${process.env.LARGE ? `\n\n${largeDiff(20_000)}` : ''}`;
  return { name, title, body, commit, became: 'new', clusterType: 'type', app, patch: 'patch-001', step: 'enter', path: 'production' };
}

function git(args, options = {}) {
  return execFileSync('git', args, { encoding: 'utf8', ...options }).trim();
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
