/** Whether it has Argo CD's scheme of registries of images. */
export function isOciUrl(url: string): boolean {
  return /^oci:\/\//i.test(url);
}

/** Whether a URL says how its host is reached, as `https://…` and `git@host:path` do. */
export function hasScheme(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^[^/@]+@[^/]+:/.test(url);
}

export function withoutScheme(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
}
