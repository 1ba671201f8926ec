import { Worker } from 'node:worker_threads';

/** What a piece of work may take before the process is ended. */
export interface Allowance {
  /** More memory than the process has when the work begins. */
  readonly bytes: number;
  /** Of computing, all threads together. */
  readonly seconds: number;
}

/** Ends the process of work that takes too much; nothing else can end a native call or an endless loop. */
export interface Guard {
  watch<T>(allowed: Allowance, work: () => Promise<T>): Promise<T>;
}

/** For tests and other places where the process is somebody else's. */
export const noGuard: Guard = { watch: (_, work) => work() };

/** The signals that tell the parent why; see `endedByGuard`. */
const TOO_MUCH_MEMORY = 'SIGUSR2';
const TOO_LONG = 'SIGVTALRM';

/** @param how as EngineProcess tells it: `signal SIGUSR2` */
export function endedByGuard(how: string): 'memory' | 'time' | undefined {
  return how === `signal ${TOO_MUCH_MEMORY}` ? 'memory' : how === `signal ${TOO_LONG}` ? 'time' : undefined;
}

/**
 * A thread that looks every two seconds whether the parent is there, and ends this process when it is gone, even while a
 * native run or an endless loop blocks the main thread, where the `disconnect` event would never be heard. While
 * something is watched it looks every few milliseconds at what that takes. One for both: a thread costs 25 ms to start.
 */
export function guardThisProcess(): Guard {
  process.on('disconnect', () => process.exit());
  // How many watch, most megabytes, most milliseconds of CPU since the process began.
  const shared = new Int32Array(new SharedArrayBuffer(12));
  new Worker(thread, { eval: true, workerData: { shared, parent: process.ppid }, execArgv: [] })
    // The engine works without it; it must not die of it.
    .on('error', (error) => console.error(`No watch over this process and its parent: ${error.message}`))
    .unref();
  return {
    async watch({ bytes, seconds }, work) {
      const { user, system } = process.cpuUsage();
      const before = [shared[1]!, shared[2]!] as const;
      if (shared[0] === 0) {
        shared[1] = (process.memoryUsage.rss() + bytes) / 2 ** 20;
        shared[2] = (user + system) / 1000 + 1000 * seconds;
      }
      if (Atomics.add(shared, 0, 1) === 0) Atomics.notify(shared, 0);
      try {
        return await work();
      } finally {
        if (Atomics.sub(shared, 0, 1) > 1) [shared[1], shared[2]] = before;
      }
    },
  };
}

const thread = `
  const { shared, parent } = require('node:worker_threads').workerData;
  const end = (signal) => {
    try {
      process.kill(process.pid, signal);
    } catch {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  const alone = () => {
    try {
      process.kill(parent, 0);
      return process.ppid !== parent;
    } catch (error) {
      return error.code !== 'EPERM';
    }
  };
  const never = new Int32Array(new SharedArrayBuffer(4));
  let looked = performance.now();
  const lookForParent = () => {
    if (performance.now() - looked < 2000) return;
    looked = performance.now();
    if (alone()) process.kill(process.pid, 'SIGKILL');
  };
  for (;;) {
    Atomics.wait(shared, 0, 0, 2000);
    lookForParent();
    while (Atomics.load(shared, 0) > 0) {
      Atomics.wait(never, 0, 0, 25);
      lookForParent();
      if (Atomics.load(shared, 0) === 0) break;
      if (process.memoryUsage.rss() / 2 ** 20 > shared[1]) end('${TOO_MUCH_MEMORY}');
      const { user, system } = process.cpuUsage();
      if ((user + system) / 1000 > shared[2]) end('${TOO_LONG}');
    }
  }
`;
