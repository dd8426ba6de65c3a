/** Links to a repository where people look at it. */
export interface ForgeLinks {
  /** `{}` stands for the hash of a commit. */
  readonly commit: string;
  /** `{}` stands for the path of a file from the top, and `{line}` for a line of it. */
  readonly file: string;
}

/** Where a repository is looked at, and what lies below. */
interface Web {
  readonly host: string;
  /** Below the host, escaped as URLs are. */
  readonly path: string;
  readonly url: string;
}

/** A forge: whether an address is one of its own, and how its links are made. */
interface Forge {
  readonly is: (web: Web) => boolean;
  readonly links: (web: Web, at: string) => ForgeLinks;
}

const forges: readonly Forge[] = [
  {
    is: ({ host }) => host === 'dev.azure.com' || host.endsWith('.visualstudio.com'),
    links: ({ url }, at) => ({ commit: `${url}/commit/{}`, file: `${url}?path=/{}&version=GC${at}&line={line}` }),
  },
  {
    is: ({ host }) => host === 'bitbucket.org',
    links: ({ url }, at) => ({ commit: `${url}/commits/{}`, file: `${url}/src/${at}/{}#lines-{line}` }),
  },
  {
    is: ({ host }) => /bitbucket|stash/.test(host),
    links: ({ host, path, url }, at) => {
      const [project = '', name = ''] = path.replace(/^scm\//, '').split('/');
      const own = `${url.slice(0, url.indexOf(host))}${host}/${project.startsWith('~') ? `users/${project.slice(1)}` : `projects/${project}`}/repos/${name}`;
      return { commit: `${own}/commits/{}`, file: `${own}/browse/{}?at=${at}#{line}` };
    },
  },
  {
    is: ({ host }) => /gitlab/.test(host),
    links: ({ url }, at) => ({ commit: `${url}/-/commit/{}`, file: `${url}/-/blob/${at}/{}#L{line}` }),
  },
  {
    is: ({ host }) => /gitea|forgejo|codeberg/.test(host),
    links: ({ url }, at) => ({ commit: `${url}/commit/{}`, file: `${url}/src/commit/${at}/{}#L{line}` }),
  },
  {
    is: ({ host }) => /github/.test(host),
    links: ({ url }, at) => ({ commit: `${url}/commit/{}`, file: `${url}/blob/${at}/{}#L{line}` }),
  },
];

/**
 * Links to the commits and files of a repository, by the address from which Git clones it: of GitHub, GitLab, Bitbucket, Gitea and
 * Azure DevOps, as a service or under a host name that says which of them it is.
 *
 * @param address `https://…`, `ssh://…`, `git@host:path`; a login in it is left out
 * @param at      the commit whose files are linked
 * @returns `undefined` where the address says no forge
 */
export function forgeLinks(address: string, at: string): ForgeLinks | undefined {
  const web = webOf(address.trim());
  return web && forges.find((forge) => forge.is(web))?.links(web, at);
}

function webOf(address: string): Web | undefined {
  const [, host, path] = /^(?:[^@\s/:]+@)?([\w.-]+):(?!\/\/)(\S+)$/.exec(address) ?? [];
  const url = tryUrl(host === undefined ? address : `ssh://${host}/${path}`);
  if (!url || !/^(https?|ssh):$/.test(url.protocol)) return undefined;
  return url.protocol === 'ssh:' ? webBehindSsh(url) : web(url.protocol, url.host, url.pathname);
}

/** Services take SSH under names of its own, and at a port that is no web server's. */
function webBehindSsh({ hostname, pathname }: URL): Web | undefined {
  const host = hostname.replace(/^(alt)?ssh\.(?=dev\.azure\.com$|github\.com$|gitlab\.com$|bitbucket\.org$)/, '');
  const [, organisation, project, name] = host === 'dev.azure.com' ? (/^\/v3\/([^/]+)\/([^/]+)\/([^/]+)/.exec(pathname) ?? []) : [];
  return web('https:', host, name === undefined ? pathname : `/${organisation}/${project}/_git/${name}`);
}

function web(protocol: string, host: string, pathname: string): Web | undefined {
  const path = pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  const isWhole = path.split('/').length > 1 && path.split('/').every((part) => part !== '');
  return /^[\w.-]+(:\d+)?$/.test(host) && isWhole ? { host, path, url: `${protocol}//${host}/${path}` } : undefined;
}

function tryUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
