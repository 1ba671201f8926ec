import type { OverviewRequest } from '../../src/engine/requests.ts';
import { createEngine } from '../../src/engine/service.ts';
import { Collector, type Explained } from '../../src/overview/collect.ts';
import { finish } from '../../src/overview/finish.ts';
import { createRandom } from '../../src/random.ts';
import { printTable } from './table.ts';

/** The dataset view of a reference model's shipped instances: explaining them one by one, and all of it. */
export async function benchOverview(request: OverviewRequest, instances: number): Promise<void> {
  const engine = createEngine();
  const all = Array.from({ length: instances }, (_, i) => i);
  await engine.explain(request);
  const rows: [string, number, number][] = [];
  const timed = async (part: string, work: () => Promise<unknown>) => {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(cpu);
    rows.push([part, performance.now() - start, (user + system) / 1000]);
  };
  await timed('explaining alone', async () => {
    for await (const _ of engine.explainMany(request, all));
  });
  await timed('the dataset view', () => engine.overview({ ...request, instances: all }));
  await engine.dispose();
  printTable(`Dataset view of ${instances} instances, ms`, ['part', 'wall', 'CPU'], rows);
}

/** Memory and time of adding up, without a model: `instances` generated maps of 30 × 131, 10 classes. */
export async function benchManyInstances(instances: number): Promise<void> {
  const [rows, columns] = [30, 131];
  const random = createRandom(1);
  const classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  const pool = Array.from({ length: 64 }, () =>
    Float32Array.from({ length: rows * columns }, () => Math.abs(random.normal())),
  );
  const made = (i: number): Explained => {
    const length = 20 + random.integer(112);
    const label = random.integer(10);
    const predicted = random.integer(10) ? label : random.integer(10);
    return {
      instance: { id: `case ${i}`, index: i, of: instances, label: classes[label], lines: new Int32Array(0) },
      prediction: {
        ...{ logits: new Float32Array(10), probabilities: new Float32Array(10).fill(0.1) },
        ...{ predicted, classes },
      },
      map: { rows, columns, values: pool[random.integer(64)]! },
      padding: { mask: new Uint8Array(columns).fill(1, 0, length), length, origin: 'generated' },
      shares: {
        REAL: { map: 0.8, positions: length / columns },
        MIXED: { map: 0.1, positions: 1 - length / columns },
        EMPTY: { map: 0.1, positions: 0 },
      },
      findings: [],
    };
  };
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const rowsOut: [string, number, number][] = [];
  const timed = async <R>(part: string, work: () => R | Promise<R>): Promise<R> => {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work();
    watch();
    const { user, system } = process.cpuUsage(cpu);
    rowsOut.push([part, performance.now() - start, (user + system) / 1000]);
    return result;
  };
  const collector = new Collector({ instances, longest: columns, classes, labels: new Set(classes) });
  await timed('adding up', () => {
    for (let i = 0; i < instances; i++) {
      collector.add(made(i));
      if (i % 100 === 0) watch();
    }
  });
  const { groups } = await timed('ranking and outliers', () =>
    finish(collector, { classes, hasFeatures: true, seed: 1, report: watch }),
  );
  const memory = Math.round((most - before) / 1e6);
  printTable(
    `Adding up ${instances} maps of 30 × 131 into ${groups.length} groups, ms; at most ${memory} MB above the start`,
    ['part', 'wall', 'CPU'],
    rowsOut,
  );
}
