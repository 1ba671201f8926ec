import { readFile, rename, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { cache, root } from './folders.ts';
import { madeOnce } from './madeOnce.ts';
import { run } from './run.ts';

/**
 * A headless Chromium. ATTRIBUTION_LENS_BROWSER is `npm` (the binary inside @sparticuz/chromium: the default on
 * Linux x64), `system` (an installed Chrome: the default elsewhere) or the path of a Chromium.
 */
export async function launchBrowser(): Promise<Browser> {
  const fallback = process.platform === 'linux' && process.arch === 'x64' ? 'npm' : 'system';
  const choice = process.env.ATTRIBUTION_LENS_BROWSER ?? fallback;
  const options = { args: flags, ignoreDefaultArgs: await needlessFlags() };
  if (choice === 'system') return chromium.launch({ ...options, channel: 'chrome' });
  if (choice !== 'npm') return chromium.launch({ ...options, executablePath: choice });
  const folder = await unpackChromium();
  const executablePath = join(folder, 'chromium');
  return chromium.launch({
    ...options,
    executablePath,
    env: await chromiumEnvironment(folder, executablePath),
  });
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright has pictures passed between processes through files of /tmp, because /dev/shm is small in many containers. */
async function needlessFlags(): Promise<string[]> {
  try {
    const { bavail, bsize } = await statfs('/dev/shm');
    return bavail * bsize > 1e9 ? ['--disable-dev-shm-usage'] : [];
  } catch {
    return [];
  }
}

async function unpackChromium(): Promise<string> {
  const manifest = await readFile(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return madeOnce(join(cache, `chromium-${version}`), async (partial) => {
    // In a process of its own: the package unpacks into TMPDIR, and only "on AWS" the libraries a bare machine lacks.
    const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    const unpack = "(await import('@sparticuz/chromium')).default.executablePath()";
    await run(process.execPath, ['--input-type=module', '--eval', `await ${unpack}`], { cwd: root, env });
  });
}

async function chromiumEnvironment(folder: string, executable: string): Promise<Record<string, string>> {
  const fonts = join(folder, 'fonts');
  // The one in the package names a temporary folder. Another browser may be reading it in this moment.
  const written = join(fonts, `fonts.conf.${process.pid}`);
  await writeFile(
    written,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir><dir>${fonts}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`,
  );
  await rename(written, join(fonts, 'fonts.conf'));
  const env = { ...process.env, FONTCONFIG_PATH: fonts } as Record<string, string>;
  try {
    await run(executable, ['--version'], { env });
    return env;
  } catch {
    return { ...env, LD_LIBRARY_PATH: join(folder, 'al2023/lib') };
  }
}
