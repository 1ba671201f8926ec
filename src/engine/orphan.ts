import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its parent is gone, even while a native run or an endless loop blocks the main thread (where
 * the `disconnect` event would never be heard): a thread of its own looks every two seconds.
 */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit());
  new Worker(watch, { eval: true, workerData: process.ppid, execArgv: [] })
    // The engine works without this watch; it must not die of it.
    .on('error', (error) => console.error(`No watch over the parent process: ${error.message}`))
    .unref();
}

const watch = `
  const { workerData: parent } = require('node:worker_threads');
  setInterval(() => {
    try {
      process.kill(parent, 0);
      if (process.ppid === parent) return;
    } catch (error) {
      if (error.code === 'EPERM') return;
    }
    process.kill(process.pid, 'SIGKILL');
  }, 2000);
`;
