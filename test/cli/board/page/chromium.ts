import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/chromium-headless-shell', '/usr/bin/google-chrome'];

/** The Chromium that is here. @default - none is */
export const program = places.find((place) => place !== undefined && existsSync(place));

/** What to install where none is. */
export const wanted = '`apt-get install chromium`, or name it in CHROMIUM';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(program === undefined ? {} : { executablePath: program }),
    // A container's root has no sandbox of the browser's own.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}
