import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { EngineClient } from '../../src/engine/client.ts';
import { printTable } from './table.ts';

const bytes = 200e6;
const features = 30;
const stepsPerCase = 1000;

/** Reads a CSV of 200 MB in the engine: time, progress reports, greatest memory; then again, cancelled half way. */
export async function benchLargeCsv(entry: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attribution-bench-'));
  try {
    const data = join(folder, 'large.csv');
    await write(data);
    const client = new EngineClient({ entry, log: () => {} });
    await client.call('runtime', { prefer: 'auto' });
    let reports = 0;
    const start = performance.now();
    const summary = await client.call('data', { data }, { report: () => reports++ });
    const seconds = (performance.now() - start) / 1000;
    const memory = peakMemory(client.pid);
    client.dispose();

    const second = new EngineClient({ entry, log: () => {} });
    const abort = new AbortController();
    let cancelled = 0;
    const cancel = (share: number) => {
      if (share > 0.3 && cancelled === 0) {
        cancelled = performance.now();
        abort.abort();
      }
    };
    await second.call('data', { data }, { signal: abort.signal, report: cancel }).catch(() => {});
    const released = performance.now() - cancelled;
    await second.call('runtime', { prefer: 'auto' });
    const answers = performance.now() - cancelled;
    second.dispose();
    printTable(
      `A CSV of ${Math.round((await stat(data)).size / 1e6)} MB, ${summary.instances.length} instances × ${features} features (aim: ≤ 1024 MB)`,
      ['read, s', 'reports', 'peak memory, MB', 'cancel → free, ms', 'cancel → next answer, ms'],
      [[seconds, reports, memory ?? 'unknown here', released, answers]],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(path: string): Promise<void> {
  const stream = createWriteStream(path);
  const names = Array.from({ length: features }, (_, index) => `f${index}`);
  stream.write(`case,t,label,${names.join(',')}\n`);
  let written = 0;
  for (let instance = 0; written < bytes; instance++) {
    const rows: string[] = [];
    for (let step = 0; step < stepsPerCase; step++) {
      const values = names.map((_, feature) => (Math.sin(step * 0.1 + feature + instance) * 3).toFixed(5));
      rows.push(`${instance},${step},${instance % 2 ? 'odd' : 'even'},${values.join(',')}\n`);
    }
    const chunk = rows.join('');
    written += chunk.length;
    if (!stream.write(chunk)) {
      await once(stream, 'drain');
    }
  }
  stream.end();
  await finished(stream);
}

/** MB, as Linux keeps it. */
function peakMemory(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
