import fc from 'fast-check';
import { forgeLinks } from '../../../layers/text/forge-links';
import { runs } from '../../runs';

const at = 'f00d';

/** An address, and the links to a commit and to a file; of a forge that was there already the first alone. */
const forges: readonly (readonly [address: string, commit: string, file?: string])[] = [
  ['https://github.com/company/fleet', 'https://github.com/company/fleet/commit/{}', 'https://github.com/company/fleet/blob/f00d/{}#L{line}'],
  ['https://github.com/company/fleet.git/', 'https://github.com/company/fleet/commit/{}'],
  ['git@github.com:company/fleet.git', 'https://github.com/company/fleet/commit/{}'],
  ['ssh://git@ssh.github.com:443/company/fleet.git', 'https://github.com/company/fleet/commit/{}'],
  ['https://github.example.com:8443/company/fleet', 'https://github.example.com:8443/company/fleet/commit/{}'],
  ['https://gitlab.com/a/b/c/fleet.git', 'https://gitlab.com/a/b/c/fleet/-/commit/{}', 'https://gitlab.com/a/b/c/fleet/-/blob/f00d/{}#L{line}'],
  ['ssh://git@gitlab.example.com:2222/a/fleet.git', 'https://gitlab.example.com/a/fleet/-/commit/{}'],
  ['https://bitbucket.org/company/fleet', 'https://bitbucket.org/company/fleet/commits/{}', 'https://bitbucket.org/company/fleet/src/f00d/{}#lines-{line}'],
  [
    'https://bitbucket.example.com/scm/ops/fleet.git',
    'https://bitbucket.example.com/projects/ops/repos/fleet/commits/{}',
    'https://bitbucket.example.com/projects/ops/repos/fleet/browse/{}?at=f00d#{line}',
  ],
  ['ssh://git@bitbucket.example.com:7999/~ann/fleet.git', 'https://bitbucket.example.com/users/ann/repos/fleet/commits/{}'],
  [
    'https://gitea.example.com/company/fleet',
    'https://gitea.example.com/company/fleet/commit/{}',
    'https://gitea.example.com/company/fleet/src/commit/f00d/{}#L{line}',
  ],
  ['git@codeberg.org:company/fleet.git', 'https://codeberg.org/company/fleet/commit/{}'],
  [
    'https://company@dev.azure.com/company/my%20project/_git/fleet',
    'https://dev.azure.com/company/my%20project/_git/fleet/commit/{}',
    'https://dev.azure.com/company/my%20project/_git/fleet?path=/{}&version=GCf00d&line={line}',
  ],
  ['git@ssh.dev.azure.com:v3/company/project/fleet', 'https://dev.azure.com/company/project/_git/fleet/commit/{}'],
  ['https://company.visualstudio.com/project/_git/fleet', 'https://company.visualstudio.com/project/_git/fleet/commit/{}'],
];

test.each(forges.map(([address, commit, file]) => ({ address, commit, file })))(
  '$address is looked at where its forge shows it',
  ({ address, commit, file }) => {
    const links = forgeLinks(address, at);
    expect(links?.commit).toBe(commit);
    if (file !== undefined) expect(links?.file).toBe(file);
  },
);

test.each([
  'https://git.example.com/company/fleet',
  'https://repository.invalid/replace-me',
  'https://github.com/fleet',
  'file:///srv/github/fleet.git',
  '/srv/github.com/fleet.git',
  '../github.com/company/fleet',
  'javascript:alert(1)//github.com/company/fleet',
  'https://github.com',
  'https://github.com//company',
  'not an address',
  '',
])('%s leads nowhere', (address) => {
  expect(forgeLinks(address, at)).toBeUndefined();
});

test('no login and nothing that runs ever gets into a link', () => {
  const login = fc.stringMatching(/^[a-z]{3,8}$/);
  const anything = fc.oneof(fc.string(), fc.webUrl(), fc.webPath());
  fc.assert(
    fc.property(login, login, anything, (user, password, rest) => {
      for (const address of [`https://${user}:${password}Secret@github.com/company/${rest}`, `ssh://${user}:${password}Secret@gitlab.com/a/${rest}`, rest]) {
        const { commit = 'https://', file = 'https://' } = forgeLinks(address, at) ?? {};
        expect(commit).toMatch(/^https?:\/\/[\w.:-]*(\/[^\s"<>]*)?$/);
        expect(file).not.toContain(`${password}Secret@`);
      }
    }),
    { numRuns: runs(2000) },
  );
});
