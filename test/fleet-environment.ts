import { TestEnvironment } from 'jest-environment-node';
import { isLongForm } from './runs';
import { FleetServer } from './workspaces/fleet-server';
import { memoryFolder } from './workspaces/memory-folder';

// Workspaces are thousands of small files that are made, copied and removed: the short form has them in memory, where there is room.
const memory = isLongForm || process.env['TMPDIR'] ? undefined : memoryFolder();
if (memory !== undefined) process.env['TMPDIR'] = memory;

// Whoever runs test files keeps this module from one to the next: they share the process that runs their commands.
const server = new FleetServer();

export default class FleetEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global['fleetServer'] = server;
  }
}
