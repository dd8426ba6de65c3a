import { Command } from 'commander';
import type { Done } from '../../print/print';
import { checkAnnotationsCommand } from './check-annotations';
import { importAnnotationsCommand } from './import-annotations';

export function annotationsCommand(done: Done): Command {
  return new Command('annotations')
    .description('annotations of cluster secrets that Terraform knows: into Git, or compared with what Git says')
    .addCommand(importAnnotationsCommand(done))
    .addCommand(checkAnnotationsCommand(done));
}
