import { setTimeout as sleep } from 'node:timers/promises';
import { readDataset } from '../../../src/data/readDataset.ts';
import { mostOfMemory } from '../../suites/mostOfMemory.ts';

/** A process that reads one file and says what it holds and what that took, in bytes; run with --expose-gc. */
async function readAlone(path: string): Promise<void> {
  const { instances } = await readDataset({ path }, {});
  const { values } = instances.at(-1)!;
  const sum = values.reduce((total, value) => total + value, 0);
  const most = mostOfMemory();
  // What nobody holds any more is given back beside us, in its own time.
  let kept = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 10; look++) {
    (globalThis as { gc?: () => void }).gc?.();
    await sleep(20);
    kept = Math.min(kept, process.memoryUsage().arrayBuffers);
  }
  console.log(JSON.stringify({ instances: instances.length, sum, most, kept }));
}

void readAlone(process.argv[2]!);
