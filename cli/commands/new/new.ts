import { Command } from 'commander';
import type { Done } from '../../print/print';
import { newPatchCommand } from './new-patch';
import { newSpokeCommand } from './new-spoke';

export function newCommand(done: Done): Command {
  return new Command('new').description('write something new into the configuration').addCommand(newPatchCommand(done)).addCommand(newSpokeCommand(done));
}
