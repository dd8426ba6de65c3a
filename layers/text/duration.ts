const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `24h`, `90m`, `1d12h` in milliseconds; `undefined` where it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+[smhd])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** Milliseconds as configuration writes them, which {@link parseDuration} reads: `24h`, `7d`, `90m`. @param milliseconds whole seconds */
export function durationCode(milliseconds: number): string {
  // Longer than anybody waits; numbers beyond it are not written digit by digit.
  const seconds = Math.min(Math.round(milliseconds / 1000), Math.floor(Number.MAX_SAFE_INTEGER / 1000));
  if (seconds % 86_400 === 0 && seconds > 86_400) return `${seconds / 86_400}d`;
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** Milliseconds as a person says them, in at most two units: `3 days`, `5 h 20 min`, `less than a minute`. */
export function durationText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  if (days >= 2) return `${days} days`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 1) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return minutes >= 1 ? `${minutes} min` : 'less than a minute';
}
