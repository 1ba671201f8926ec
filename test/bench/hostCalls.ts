import { fileURLToPath } from 'node:url';
import { EngineClient } from '../../src/engine/client.ts';
import type { Overview } from '../../src/overview/overview.ts';
import { WORKS } from '../../src/session/works.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { Outbox } from '../../src/views/panel/outbox.ts';
import { median, printTable } from './table.ts';

const ROUNDS = 3;
const entry = fileURLToPath(new URL('largeAnswers.ts', import.meta.url));

/** How long the extension host is held up in one go when the engine answers of very many instances: none may take 50 ms. */
export async function benchHostCalls(): Promise<void> {
  const client = new EngineClient({ entry, execArgv: ['--import', 'tsx'], log: () => {} });
  const rows: [string, number, number][] = [];
  const call = (method: 'data' | 'overview', count: number) =>
    client.call(method, { data: String(count), model: '' }, { timeoutMs: 600_000 });
  try {
    for (const [what, method, count] of [
      ['list of 200,000 instances', 'data', 200_000],
      ['list of 1,000,000 instances', 'data', 1_000_000],
      ['dataset view of 20,000 instances', 'overview', 20_000],
      ['dataset view of 200,000 instances', 'overview', 200_000],
    ] as const) {
      const taken: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        taken.push(await longestTurn(() => call(method, count)));
      }
      rows.push([what, Math.max(...taken), median(taken)]);
      if (method === 'overview') {
        const overview = (await call(method, count)) as Overview;
        const sent: number[] = [];
        for (let round = 0; round < ROUNDS; round++) sent.push(await longestTurn(() => sentOn(overview)));
        rows.push(['  sent on to the page', Math.max(...sent), median(sent)]);
      }
    }
  } finally {
    client.dispose();
  }
  printTable('Longest turn of the host’s event loop, ms of CPU', ['answer', 'worst', 'median'], rows);
}

/** ms of CPU between two turns of the event loop, the most of them, while something is waited for. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  let going = true;
  let last = process.cpuUsage();
  const turn = () => {
    const { user, system } = process.cpuUsage(last);
    most = Math.max(most, (user + system) / 1000);
    last = process.cpuUsage();
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  going = false;
  return most;
}

/** As the panel does. */
function sentOn(overview: Overview): Promise<void> {
  return new Promise((resolve) => {
    const outbox = new Outbox((message) => {
      asPosted(message);
      if (message.kind === 'view') setImmediate(resolve);
    });
    const view = { result: WORKS.dataset.shown(overview) } as unknown as Partial<PanelViews['dataset']>;
    outbox.send({ kind: 'view', id: 'dataset', view, front: false });
  });
}

/** As VS Code sends a message to a page: JSON, with the bytes of arrays beside it. */
function asPosted(message: unknown): { readonly json: string; readonly bytes: Buffer } {
  const arrays: Uint8Array[] = [];
  const json = JSON.stringify(message, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    arrays.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return { array: arrays.length };
  });
  return { json, bytes: Buffer.concat(arrays) };
}
