import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../src/engine/contract.ts';
import { guardThisProcess } from '../../../src/engine/guard.ts';
import { serve } from '../../../src/engine/serve.ts';
import { Refusal } from '../../../src/refusal.ts';
import { EMPTY_SUMMARY } from './emptySummary.ts';

const guard = guardThisProcess();

/** A real child process whose `data` behaves as the path asks. */
const fake: Pick<Engine, 'data'> = {
  async data({ data, content }, context) {
    switch (data) {
      case 'refuse':
        throw new Refusal('no-such-file', 'There is no such file.');
      case 'defect':
        throw new TypeError('a mistake of ours');
      case 'spin':
        context?.report?.(0.1, 'Spinning');
        for (;;) {
          Math.random();
        }
      case 'compute without end':
        return guard.watch({ bytes: 2 ** 40, seconds: 0.2 }, async () => {
          for (;;) Math.random();
        });
      case 'fill memory':
        return guard.watch({ bytes: 100e6, seconds: 1000 }, async () => {
          for (const held: Uint8Array[] = []; ; ) held.push(new Uint8Array(2e6).fill(1));
        });
      case 'within bounds':
        await guard.watch({ bytes: 100e6, seconds: 0.2 }, () => sleep(400));
        break;
      case 'die':
        process.kill(process.pid, 'SIGKILL');
        await sleep(10_000);
        break;
      case 'slow':
        for (let step = 0; step <= 10; step++) {
          context?.report?.(step / 10, 'Working slowly');
          await sleep(50);
        }
        break;
      case 'short':
        await sleep(60);
        break;
      case 'variable':
        return {
          ...EMPTY_SUMMARY,
          path: `${process.pid}`,
          features: [process.env.ATTRIBUTION_TEST_VARIABLE ?? ''],
        };
      case 'chatter':
        console.log('a line on stdout');
        console.error('a line on stderr');
    }
    return { ...EMPTY_SUMMARY, path: `${process.pid}`, features: content ? [`${content.length}`] : [] };
  },
};

serve(fake as Engine, { on: process.on.bind(process), send: (message) => void process.send?.(message) });
