import assert from 'node:assert/strict';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const lengths = [24, 30, 27, 35];

/** Four recordings, two signals. */
function rows(cells: (of: number, step: number) => readonly unknown[], separator = ','): string {
  return lengths
    .flatMap((length, of) =>
      Array.from({ length }, (_, step) =>
        [...cells(of, step), value(of * 40 + step), value(of * 55 + step * 3)].join(separator),
      ),
    )
    .join('\n');
}

describe('reading: counters that start again, without a model', () => {
  for (const [names, first, step] of [
    ['unit_nr,time_cycles', 1, 1],
    ['instances,timepoints', 0, 1],
    ['h0,h1', 0, 0.05],
    ['proba,k', 0, 10],
  ] as const) {
    it(`${names}: the column that changes where it starts again names the instance`, async () => {
      const text = `${names},x,y\n${rows((of, at) => [of + 1, +(first + at * step).toFixed(2)])}\n`;
      const { layout, features, instances } = await readText(text);
      assert.deepEqual([layout, features], ['long', ['x', 'y']]);
      assert.deepEqual(
        instances.map(({ length }) => length),
        lengths,
      );
    });
  }

  it('the same without names is long as well, however many channels stand beside', async () => {
    for (const more of [0, 3, 8]) {
      const wide = (of: number, at: number) =>
        Array.from({ length: more }, (_, k) => value(of * 91 + at * (k + 1) + k));
      const text = rows((of, at) => [of + 1, at + 1, ...wide(of, at)], ' ');
      const { instances, features } = await readText(`${text}\n`);
      assert.deepEqual(
        instances.map(({ length }) => length),
        lengths,
      );
      assert.equal(features.length, 2 + more);
    }
  });

  it('where no column parts them they are asked about, and a signal like the teeth of a saw has its way', async () => {
    for (const [name, step] of [
      ['Sekunde', 0.5],
      ['phase_pct', 1],
      ['saw', 3],
    ] as const) {
      const text = `${name},x,y\n${rows((_of, at) => [at * step])}\n`;
      const question = await refusalOf(readText(text));
      assert.ok(question instanceof ReadingQuestion);
      assert.equal(question.code, 'ask-several-recordings');
      for (const [at, [instances, features]] of [
        [4, 2],
        [1, 2],
        [1, 3],
      ].entries()) {
        const way = question.doubt.ways[at]?.patch.data ?? {};
        const read = await readText(text, way);
        assert.deepEqual([read.instances.length, read.features.length], [instances, features]);
      }
    }
  });
});
