import type { Step } from '../../claims';
import { after } from './after';
import { bootstrap } from './bootstrap';
import { controlPlane } from './control-plane';
import { evidence } from './evidence';
import type { First } from './first';
import { hostile } from './hostile';
import { missing } from './missing';
import { none } from './none';
import { close, open } from './open';
import { promote } from './promote';
import { register } from './register';
import { retireApp } from './retire-app';
import { retireRegion } from './retire-region';
import { revert } from './revert';
import { selfUpdate } from './self-update';
import { tokens } from './tokens';
import { unlabel } from './unlabel';
import { up } from './up';

/** In the order in which a whole run takes them. */
export const firstSteps: readonly Step<First>[] = [
  up,
  bootstrap,
  register,
  tokens,
  hostile,
  missing,
  none,
  unlabel,
  after,
  open,
  promote,
  revert,
  close,
  evidence,
  selfUpdate,
  retireApp,
  controlPlane,
  retireRegion,
];
