/** Helm's last words, on one line: what is behind `Error:`. What comes before are warnings about the installation. */
export function saidBy(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('Use --debug flag'));
  const error = lines.findIndex((line) => line.startsWith('Error:'));
  return (
    (error >= 0 ? lines.slice(error) : lines.slice(-3))
      .join(' ')
      .replace(/^Error: /, '')
      .slice(0, 1000) || 'nothing'
  );
}

/** How to come by Helm. */
export const installHelm = 'install Helm 3 or later (https://helm.sh/docs/intro/install)';
