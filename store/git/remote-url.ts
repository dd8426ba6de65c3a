import { tryFindRepository } from './find-repository';
import { GitProgram } from './git-program';

/**
 * The URL of the remote that a work tree was cloned from, as Argo CD may reach it: `origin`, or the only one.
 *
 * @returns without credentials; `undefined` where there is no repository, no such remote, or where it is a folder of this machine
 */
export function tryRemoteUrl(folder: string): string | undefined {
  const place = tryFindRepository(folder);
  if (place === undefined) return undefined;
  const git = new GitProgram(place);
  if (git.trouble() !== undefined) return undefined;
  const lines = git.tryRun('config', ['--null', '--get-regexp', '^remote\\..*\\.url$'])?.toString().split('\0') ?? [];
  const urls = new Map<string, string>();
  for (const line of lines) {
    const [, name, url] = /^remote\.(.*)\.url\n(.*)$/s.exec(line) ?? [];
    if (name !== undefined && url !== undefined && !urls.has(name)) urls.set(name, url);
  }
  const [only, second] = [...urls.values()];
  const url = urls.get('origin') ?? (second === undefined ? only : undefined);
  return url === undefined ? undefined : reachable(url.trim());
}

function reachable(url: string): string | undefined {
  // As Git tells it from a path: `git@github.com:company/fleet.git`.
  if (/^[\w.-]+@[\w.-]+:(?!\/\/)\S+$/.test(url)) return url;
  if (!/^(https?|ssh):\/\/\S+$/.test(url)) return undefined;
  try {
    const { protocol, username, password } = new URL(url);
    const isLogin = protocol === 'ssh:' && password === '';
    return (username === '' && password === '') || isLogin ? url : url.replace(/\/\/[^/@]*@/, '//');
  } catch {
    return undefined;
  }
}
