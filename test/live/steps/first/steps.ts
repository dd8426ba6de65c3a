import type { Step } from '../../claims';
import { hostile, missing, none, tokens, unlabel } from './annotations';
import { bootstrap } from './bootstrap';
import { controlPlane } from './control-plane';
import type { First } from './first';
import { register } from './register';
import { retireApp, retireRegion } from './retire';
import { promoteStep, revert, selfUpdate } from './rollout';
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
  promoteStep,
  revert,
  selfUpdate,
  retireApp,
  controlPlane,
  retireRegion,
];
