import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Of this process, by which it speaks to the one that started it: Node's pipes are sockets without a network. */
const STREAMS = new Set(['0', '1', '2'].map(target));

/** Sockets of this process that can leave the machine (TCP, UDP), native code's too; Linux, no rights needed. */
export function openSockets(): string[] {
  const open = readdirSync('/proc/self/fd')
    .map(target)
    .filter((one) => one.startsWith('socket:') && !STREAMS.has(one));
  // The kernel takes milliseconds to go through its tables: asked only where there is something to find.
  if (open.length === 0) return [];
  const listed = new Map<string, string>();
  for (const kind of ['tcp', 'tcp6', 'udp', 'udp6']) {
    for (const line of read(`/proc/self/net/${kind}`).split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[9]) listed.set(`socket:[${columns[9]}]`, `${kind} ${columns[1]} → ${columns[2]}`);
    }
  }
  return open.flatMap((one) => listed.get(one) ?? []);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** '' for one that was closed meanwhile. */
function target(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}
