import { writeSync } from 'node:fs';
import { Edits } from '../../../store/edit/edits';
import { commit, exclusively } from '../../../store/edit/transaction';
import { versionsOf } from './versions';

// What the kill test runs in a process of its own: it writes one version over the other until somebody ends it.
const [folder = ''] = process.argv.slice(2);
for (let run = 0; ; run += 1) {
  exclusively(folder, () => {
    const edits = new Edits();
    const texts = versionsOf(run % 2 === 0 ? 'B' : 'A');
    for (const [path, text] of Object.entries(texts)) {
      if (text === null) edits.remove(`${folder}/${path}`);
      else edits.write(`${folder}/${path}`, text);
    }
    commit(folder, edits, () => undefined);
  });
  if (run === 0) writeSync(1, 'ready\n');
}
