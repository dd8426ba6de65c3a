import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inTemporaryFolder } from '../../files/temporary-folder';

/** Where nobody listens: loopback, the port `discard`. */
const nowhere = 'http://127.0.0.1:9';

/** A temporary folder that a program takes for its home, and what it gets to know of the machine. */
export interface Sandbox {
  readonly folder: string;
  /** The folder around it, which is what is removed. */
  readonly around: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Gives Helm an empty home in a folder that is removed afterwards: no plugins, no repositories, no logins and no cluster; and no
 * network for what the schema of a chart refers to, which Helm would fetch.
 */
export function inSandbox<T>(use: (sandbox: Sandbox) => T): T {
  return inTemporaryFolder('helm', (folder, around) => {
    const [home, temporary] = ['home', 'tmp'].map((name) => {
      mkdirSync(join(folder, name));
      return join(folder, name);
    }) as [string, string];
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: temporary,
      HELM_CACHE_HOME: join(home, 'cache'),
      HELM_CONFIG_HOME: join(home, 'config'),
      HELM_DATA_HOME: join(home, 'data'),
      HELM_PLUGINS: join(home, 'plugins'),
      HELM_NO_PLUGINS: '1',
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
    };
    return use({ folder, around, env });
  });
}
