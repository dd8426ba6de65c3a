import { loadFleet } from './cli/read/load-fleet';
import { configState } from './cli/read/state/config-state';
import { gitState } from './cli/read/state/git-state';
import { compareStates } from './changes/compare-states';
import { Revisions } from './store/git/revisions';
const t0=Date.now();
const fleet = loadFleet('config');
const revisions = new Revisions('config');
const head = revisions.resolve('HEAD');
const now = configState(fleet.output, {like: head.hash});
const record = now.fleet;
const t1=Date.now();
const then = gitState(revisions.repository, head, {config:'config', path: fleet.fleet.path, dimensions: record.dimensions, sequence: record.sequence});
const c = compareStates(then, now);
console.error(JSON.stringify(c,null,1), t1-t0, Date.now()-t1);
console.error(then.files.length, now.files.length, then.files.every((f,i)=>now.files.some(n=>n.path===f.path&&n.target===f.target&&n.clusterType===f.clusterType&&n.id===f.id)));
const a = then.read(then.files), b = now.read(then.files.map(f=>now.files.find(n=>n.path===f.path&&n.target===f.target&&n.clusterType===f.clusterType)!));
for (let i=0;i<a.length;i++) if (JSON.stringify(a[i])!==JSON.stringify(b[i])) { console.error(JSON.stringify(a[i]), JSON.stringify(b[i])); break; }
