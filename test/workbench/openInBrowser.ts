import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
  linux: ['xdg-open'],
};

/** Opens the person's default browser if there is one; where there is none the printed address has to do. */
export async function openInBrowser(url: string): Promise<void> {
  const [command, ...args] = openers[process.platform] ?? [];
  if (!command || (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY))
    return;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No browser could be opened: open the address above yourself.'));
  child.unref();
}
