import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { patchProject } from '../../../src/project/patchProject.ts';
import { createRandom } from '../../../src/random.ts';
import { engineIn } from './engineIn.ts';

const [STEPS, SERIES] = [100, 6];
const model = fileURLToPath(new URL('../../fixtures/reading/f1_t100.onnx', import.meta.url));
const random = createRandom(5);
const series = Array.from({ length: SERIES }, () => {
  let value = 0;
  return Array.from({ length: STEPS }, () => {
    value += random.normal();
    return value.toFixed(4);
  });
});
const names = series.map((_, at) => `s${at}`);
const table = (head: readonly string[], row: (step: number) => readonly string[]) =>
  `${[head, ...Array.from({ length: STEPS }, (_, step) => row(step))].map((cells) => cells.join()).join('\n')}\n`;
const values = (step: number) => series.map((one) => one[step]!);

describe('Series in columns', () => {
  const { engine, put } = engineIn('columns');
  const explained = (data: string, project: string, instance: number) =>
    engine.explain({ model, data, project, instance });

  for (const [what, text] of [
    ['alone', table(names, values)],
    ['beside a clock', table(['time', ...names], (step) => [(step / 50).toFixed(2), ...values(step)])],
    ['beside a class', table([...names, 'label'], (step) => [...values(step), step < 50 ? 'a' : 'b'])],
    ['few beside a clock', table(['t', 's0', 's1'], (step) => [`${step}`, ...values(step).slice(0, 2)])],
  ] as const) {
    it(`${what} are one of the ways that are asked about, and are explained as each would be alone`, async () => {
      const data = put(`${what.replaceAll(' ', '_')}.csv`, text);
      const plain = put('attribution.json', '{ "preprocess": [] }');
      const question = await explained(data, plain, 0).then(
        () => assert.fail('nothing was asked'),
        (error: unknown) => error,
      );
      const { ways } = (question as ReadingQuestion).doubt;
      const way = ways.find(({ label }) => label === 'each column is a series of its own');
      assert.ok(way, ways.map(({ label }) => label).join());
      const answered = put('attribution.json', patchProject(readFileSync(plain, 'utf8'), way.patch));
      for (const instance of [0, 1]) {
        const found = await explained(data, answered, instance);
        assert.equal(found.instance.id, names[instance]);
        const alone = put(
          'one.csv',
          table(['s'], (step) => [series[instance]![step]!]),
        );
        const single = put('single.json', '{ "data": { "layout": "single" }, "preprocess": [] }');
        const right = await explained(alone, single, 0);
        assert.deepEqual([...found.prediction.logits], [...right.prediction.logits]);
        assert.deepEqual([...found.map.values], [...right.map.values]);
        const warned = found.findings.filter(({ code }) => /contradict|answer/.test(code));
        assert.deepEqual(warned, []);
      }
    });
  }
});
