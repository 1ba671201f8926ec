import { readFileSync } from 'node:fs';

/**
 * The most memory this process ever had, in bytes. What the system counts begins with what the parent had when it forked;
 * Linux tells its own, too.
 */
export function mostOfMemory(): number {
  try {
    const [, own] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return 1024 * Number(own);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}
