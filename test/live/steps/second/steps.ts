import type { Step } from '../../claims';
import { bootstrap, quiet } from './bootstrap';
import { credentials } from './credentials';
import { emptied } from './emptied';
import { lost } from './lost';
import { moveBack, moveOut } from './move';
import { newSpoke } from './new-spoke';
import { release, revert } from './release';
import { retire } from './retire';
import type { Second } from './second';
import { up } from './up';

/** In the order in which a whole run takes them. */
export const secondSteps: readonly Step<Second>[] = [up, bootstrap, quiet, credentials, release, revert, moveOut, moveBack, retire, newSpoke, emptied, lost];
