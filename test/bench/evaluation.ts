import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MethodId } from '../../src/attribution/methods.ts';
import { createEngine } from '../../src/engine/service.ts';
import { printTable } from './table.ts';

const METHODS: readonly MethodId[] = ['gradcam', 'hirescam', 'integrated-gradients'];

/** The whole evaluation of the sample's file, and how long its parts take. @param sample folder of the sample */
export async function benchEvaluation(sample: string): Promise<void> {
  const rows: [string, number][] = [];
  for (const method of METHODS) {
    const engine = createEngine();
    let [part, since] = ['Explaining', performance.now()];
    const spent = new Map<string, number>();
    const report = (_: number, what: string) => {
      const now = performance.now();
      spent.set(part, (spent.get(part) ?? 0) + now - since);
      [part, since] = [what.replace(/ \(.*$/, ''), now];
    };
    const started = performance.now();
    await engine.evaluate(
      {
        model: join(sample, 'models/xcm.onnx'),
        data: join(sample, 'data/test.csv'),
        project: join(sample, 'attribution.json'),
        ...{ layer: 'conv2dblock', method },
        truth: {
          name: 'ground_truth.json',
          text: readFileSync(join(sample, 'ground_truth.json'), 'utf8'),
        },
      },
      { report },
    );
    rows.push([`${method}: the whole evaluation`, performance.now() - started]);
    for (const [what, ms] of spent) if (ms > 50) rows.push([`${method}: ${what.toLowerCase()}`, ms]);
    await engine.dispose();
  }
  printTable('Evaluation of the sample, 60 instances, all replacements, ms', ['part', 'wall'], rows);
}
