import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

/** Whose a journal is: nobody else's is ever obeyed. */
export interface Owner {
  readonly machine: string;
  readonly user: string;
}

/** This machine and user. The machine is a hash: what is written down must not tell more than it has to. */
export function ownOwner(): Owner {
  const id = ['/etc/machine-id', '/var/lib/dbus/machine-id'].map(tryText).find((text) => text !== '') ?? '';
  return {
    machine: createHash('sha256').update(`cdk8s-fleet ${id} ${hostname()}`).digest('hex').slice(0, 16),
    user: String(process.getuid?.() ?? userInfo().username),
  };
}

function tryText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
