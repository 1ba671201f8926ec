import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const lengths = [10, 12, 14, 11, 13, 10, 12, 14];
const classes = [...'wrwrwrwr'];

/** Eight cases of ten to fourteen rows. */
function table(head: string, row: (of: number, step: number, at: number) => readonly unknown[]): string {
  const lines = lengths.flatMap((length, of) =>
    Array.from({ length }, (_, step) => {
      const at = lengths.slice(0, of).reduce((sum, one) => sum + one, 0) + step;
      return row(of, step, at).join();
    }),
  );
  return `${head}\n${lines.join('\n')}\n`;
}

const signals = (at: number) => [value(at), value(at * 3 + 1), value(at * 7 + 2)];
const withOne = (odd: (of: number, step: number, at: number) => unknown): string =>
  table('rec,t,label,x,y,z,odd', (of, step, at) => [
    of,
    step,
    classes[of],
    ...signals(at),
    odd(of, step, at),
  ]);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });

describe('reading: columns that are surely no signal', () => {
  const kinds: readonly (readonly [string, (of: number, step: number, at: number) => unknown])[] = [
    ['a code of the label', (of) => (classes[of] === 'w' ? 4 : 9)],
    ['a prediction that is right but for one case', (of) => (of === 5 || classes[of] === 'w' ? 4 : 9)],
    ['a probability of each case', (of) => (classes[of] === 'r' ? 0.9 : 0.1) + of / 1000],
    ['a person’s age', (of) => 30 + 3 * (of >> 1)],
    ['the length of the case', (of) => lengths[of]],
    ['a clock that goes on over the cases', (_of, _step, at) => 1706791500000 + at * 19.53125],
    ['a clock that starts again', (_of, step) => (step * 0.001).toFixed(6)],
    ['a clock of 60 Hz in milliseconds', (_of, _step, at) => Math.round((at * 1000) / 60)],
    ['the share of the case that is over', (of, step) => (step / (lengths[of]! - 1)).toFixed(5)],
  ];
  for (const [what, odd] of kinds) {
    it(`${what} is left aside and said, with and without a model`, async () => {
      for (const options of [{}, model(3)]) {
        const { features, findings, instances } = await readText(withOne(odd), options);
        assert.deepEqual([features, instances.length], [['x', 'y', 'z'], 8]);
        assert.ok(findings.some(({ sentence }) => /column odd left aside/.test(sentence)));
      }
    });
  }

  it('numbers that change within a case are features, and so is what "features" lists', async () => {
    assert.deepEqual((await readText(withOne((_of, step) => step % 3))).features, ['x', 'y', 'z', 'odd']);
    const code = withOne((of) => of % 2);
    assert.deepEqual((await readText(code, { features: ['x', 'odd'] })).features, ['x', 'odd']);
  });

  it('without a label few numbers, one through each case, may be the class', async () => {
    const text = table('rec,t,x,y,z,gear', (of, step, at) => [of, step, ...signals(at), 1 + (of % 3)]);
    const asked = await refusalOf(readText(text));
    assert.ok(asked instanceof ReadingQuestion);
    assert.equal(asked.code, 'ask-odd-feature');
    const [label, neither, feature] = await Promise.all(
      asked.doubt.ways.map(({ patch }) => readText(text, patch.data as DataOptions)),
    );
    assert.deepEqual(label!.instances.map((one) => one.label).slice(0, 3), ['1', '2', '3']);
    assert.deepEqual([neither!.features.length, feature!.features.length], [3, 4]);
  });

  it('a clock of fractions among exactly as many columns as features is asked, with names and without', async () => {
    const rows = (step: number) => [(step * 0.25).toFixed(2), value(step), value(step * 3)].join();
    const body = Array.from({ length: 40 }, (_, step) => rows(step)).join('\n');
    for (const text of [`Position,a,b\n${body}\n`, `${body}\n`]) {
      const asked = await refusalOf(readText(text, model(3)));
      assert.ok(asked instanceof ReadingQuestion);
      assert.equal(asked.code, 'ask-odd-feature');
      const all = await readText(text, { ...model(3), ...(asked.doubt.ways[0]!.patch.data as DataOptions) });
      assert.equal(all.features.length, 3);
      assert.equal((await readText(text, model(2))).features.length, 2);
      assert.equal((await readText(text)).features.length, 2);
    }
  });

  it('a column that numbers the recordings is offered, or taken where time starts again with it', async () => {
    const timed = table('epoch,time,condition,Fz,Cz', (of, step, at) => [
      of,
      (-0.2 + step * 0.004).toFixed(3),
      classes[of],
      ...signals(at).slice(1),
    ]);
    const set = await readText(timed);
    assert.deepEqual([set.instances.length, set.features, set.instances[1]!.label], [8, ['Fz', 'Cz'], 'r']);
    const text = table('node,state,x,y', (of, _step, at) => [of, classes[of], ...signals(at).slice(1)]);
    const asked = await refusalOf(readText(text));
    assert.ok(asked instanceof ReadingQuestion);
    assert.deepEqual(asked.doubt.ways[0]!.patch, { data: { case: 'node' } });
  });
});

describe('reading: what the first rows called no signal, and later ones do not', () => {
  const text = (odd: (of: number, step: number, at: number) => unknown): string => {
    const rows = Array.from({ length: 2400 }, (_, at) => {
      const [of, step] = [Math.floor(at / 60), at % 60];
      return [of, step, classes[of % 8], value(at), value(at * 3), odd(of, step, at)].join();
    });
    return `rec,t,label,x,y,odd\n${rows.join('\n')}\n`;
  };
  const kinds: readonly (readonly [string, (of: number, step: number, at: number) => unknown])[] = [
    ['it numbers the labels', (of, step, at) => (at < 2200 ? of % 2 : Math.floor(step / 20))],
    ['one number through each instance', (of, step, at) => (at < 2200 ? of * 1.5 : step % 7)],
    ['it goes on', (_of, _step, at) => (at < 2200 ? at : 2200 + Math.round(20 * Math.sin(at / 9)))],
  ];
  for (const [what, odd] of kinds) {
    it(`${what}: asked with line and column`, async () => {
      for (const options of [{}, model(2)]) {
        const asked = await refusalOf(readText(text(odd), options));
        assert.equal(asked.code, 'ask-column-late');
        assert.match(asked.message, /line 22\d\d, column "odd"/);
      }
      const features = ['x', 'y'];
      assert.deepEqual((await readText(text(odd), { features })).features, features);
    });
  }
});
