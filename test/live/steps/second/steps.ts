import type { Step } from '../../claims';
import { bootstrap } from './bootstrap';
import { after } from './components/after';
import { uninstall } from './components/uninstall';
import { lost } from './lost';
import { moveBack } from './move-back';
import { moveOut } from './move-out';
import { newSpoke } from './new-spoke';
import { quiet } from './quiet';
import { release } from './release';
import { retire } from './retire';
import { revert } from './revert';
import type { Second } from './second';
import { credentials } from './secrets/credentials';
import { emptied } from './secrets/emptied';
import { tokens } from './secrets/tokens';
import { up } from './up';

/** In the order in which a whole run takes them. */
export const secondSteps: readonly Step<Second>[] = [
  up,
  bootstrap,
  quiet,
  tokens,
  credentials,
  after,
  uninstall,
  release,
  revert,
  moveOut,
  moveBack,
  retire,
  newSpoke,
  emptied,
  lost,
];
