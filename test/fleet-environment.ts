import { TestEnvironment } from 'jest-environment-node';
import { FleetServer } from './workspaces/fleet-server';
import { startPrograms } from './workspaces/small-spawner';

// Whoever runs test files keeps this module from one to the next: they share the process that runs their commands.
const server = new FleetServer();

startPrograms();

export default class FleetEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global['fleetServer'] = server;
  }
}
