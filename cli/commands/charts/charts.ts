import { Command } from 'commander';
import type { Done } from '../../print/print';
import { bumpCommand } from './bump';
import { checkChartsCommand } from './check-charts';
import { pullCommand } from './pull';

export function chartsCommand(done: Done): Command {
  return new Command('charts')
    .description('Helm charts that apps name: fetched, looked up for newer versions, moved to them')
    .addCommand(pullCommand(done))
    .addCommand(checkChartsCommand(done))
    .addCommand(bumpCommand(done));
}
