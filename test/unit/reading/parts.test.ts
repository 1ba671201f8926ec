import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const STEPS = 24;
const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
/** Stands still for a few rows, like an oxygen saturation or a gear. */
const slow = (at: number): number => 95 + Math.round(2 * Math.sin(Math.floor(at / 5) * 2.1));
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });

/** Six recordings. */
function text(names: string, cells: (of: number, step: number, at: number) => readonly unknown[]): string {
  const rows = Array.from({ length: 6 * STEPS }, (_, at) =>
    [...cells(Math.floor(at / STEPS), at % STEPS, at), value(at), value(at * 3 + 1)].join(),
  );
  return `${names},x,y\n${rows.join('\n')}\n`;
}

async function asked(file: string, options: DataOptions = {}): Promise<ReadingQuestion> {
  const question = await refusalOf(readText(file, options));
  assert.ok(question instanceof ReadingQuestion);
  return question;
}

describe('reading: recordings beside signals that stand still for a while', () => {
  it('time that starts again tells which column numbers them, also where a class is left over', async () => {
    const file = text('session,step,target_class,o2', (of, step, at) => [of + 1, step, of % 2, slow(at)]);
    const question = await asked(file, model(3));
    assert.equal(question.code, 'ask-too-many-columns');
    const [way] = question.doubt.ways;
    const { instances, features } = await readText(file, {
      ...model(3),
      ...(way!.patch.data as DataOptions),
    });
    assert.deepEqual([instances.length, features, instances[1]!.label], [6, ['o2', 'x', 'y'], '1']);
  });

  it('without such a time the column that numbers them is offered alone', async () => {
    const file = text('trip,group,o2', (of, _step, at) => [1000 + 37 * of, of % 2 ? 'a' : 'b', slow(at)]);
    const { doubt } = await asked(file, model(3));
    assert.deepEqual(doubt.ways[0]!.patch, { data: { case: 'trip' } });
    const { instances, features } = await readText(file, { ...model(3), case: 'trip' });
    assert.deepEqual([instances.length, features, instances[1]!.label], [6, ['o2', 'x', 'y'], 'a']);
  });

  for (const names of ['window_id,frame,timestamp', 'window_id,timestamp,frame', 'part,timestamp,tick'])
    it(`${names}: a counter beside a clock that goes on tells the recordings apart`, async () => {
      const clock = (of: number, at: number) => 1_700_000_000_000 + at * 20 + of * 5000;
      const isLast = names.endsWith('timestamp');
      const file = text(`${names},label`, (of, step, at) => [
        of,
        ...(isLast ? [step, clock(of, at)] : [clock(of, at), step]),
        of % 2 ? 'a' : 'b',
      ]);
      for (const options of [{}, model(2)]) {
        const { instances, features } = await readText(file, options);
        assert.deepEqual([instances.length, features, instances[1]!.label], [6, ['x', 'y'], 'a']);
      }
      // It begins again elsewhere, too.
      const often = file.replaceAll(/^(.*),(\d+),(a|b),/gm, (_, begin, step, label) =>
        isLast ? _ : `${begin},${step % 12},${label},`,
      );
      if (!isLast) assert.equal((await asked(often)).code, 'ask-several-recordings');
    });

  it('a door that opened once may be a feature, and is no label of windows longer than the file', async () => {
    const file = text('door_open', (_of, _step, at) => [+(at > 80)]);
    const short = file.split('\n').slice(50, 50 + 40);
    for (const one of [file, `door_open,x,y\n${short.join('\n')}\n`]) {
      const { doubt } = await asked(one);
      const features = ['door_open', 'x', 'y'];
      assert.ok(doubt.ways.some(({ patch }) => patch.data?.features?.toString() === features.join()));
      const windows = doubt.ways.filter(({ patch }) => patch.data?.window !== undefined);
      assert.equal(windows.length, one === file ? 1 : 0);
    }
  });
});
