import { EngineClient } from '../../src/engine/client.ts';
import type { RuntimePreference } from '../../src/engine/requests.ts';
import { median, printTable } from './table.ts';

interface Question {
  readonly model: string;
  readonly data: string;
  readonly project?: string;
}

/** From the start of the process to the first map, the same warm, and how soon a killed engine answers again. */
export async function benchEngine(entry: string, question: Question): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const prefer of ['onnxruntime-node', 'onnxruntime-web'] as const) {
    const cold: number[] = [];
    const warm: number[] = [];
    const layer: number[] = [];
    const ready: number[] = [];
    for (let round = 0; round < 7; round++) {
      const client = new EngineClient({ entry, log: () => {} });
      cold.push(await timed(() => client.call('explain', { ...question, prefer })));
      warm.push(await timed(() => client.call('explain', { ...question, prefer, instance: 0 })));
      layer.push(await timed(() => client.call('explain', { ...question, prefer, method: 'hirescam' })));
      ready.push(await killed(client, question, prefer));
      client.dispose();
    }
    rows.push([prefer, median(cold), median(warm), median(layer), median(ready)]);
  }
  printTable(
    'Engine process, median ms (cold start: process start → first map; aim ≤ 500)',
    ['runtime', 'cold start', 'same again', 'other method', 'kill → next map'],
    rows,
  );
}

/** Cancels a call in mid-run and asks again at once. */
async function killed(client: EngineClient, question: Question, prefer: RuntimePreference): Promise<number> {
  const { pid } = client;
  return timed(async () => {
    process.kill(pid as number, 'SIGKILL');
    await client.call('explain', { ...question, prefer }).catch(() => {});
    await client.call('explain', { ...question, prefer });
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
