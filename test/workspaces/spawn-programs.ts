import { spawnSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { receive, type Spawn, type Spawned, send } from './small-spawner';

// Starts one program after the other, for a larger process (`small-spawner.ts`), and ends with it.
const [asked, answered] = process.argv.slice(2).map((path, index) => openSync(path, index === 0 ? constants.O_RDONLY : constants.O_WRONLY)) as [number, number];

for (let program = receive(asked); program !== undefined; program = receive(asked)) {
  const [command, args, options] = program as Spawn;
  const { error, ...rest } = spawnSync(command, args, options);
  send(answered, { ...rest, ...(error && { error: { ...error, message: error.message } }) } satisfies Spawned);
}
