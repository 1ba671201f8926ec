import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../../src/random.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

describe('what is learnt from and judged in one file', function () {
  this.timeout(60_000);
  const { engine, put } = engineIn('overlap');
  const wish = { architecture: 'fcn', filters: 4, padding: 'end', masked: false, maskInput: false } as const;
  const train = (data: string, set: string[] = []) =>
    engine.train({ ...wish, epochs: 1, seed: 1, data, set });

  it('are no windows that share steps: a repair asks for others, a training says it', async () => {
    const data = put('long.csv', noiseCsv({ instances: 24, labelled: true, length: () => 20 }));
    const cut = (step: number) => ['data.window=10', `data.step=${step}`];
    const asked = {
      model: tiny('tiny.onnx'),
      data,
      project: tiny('attribution.json'),
      arm: 'masked' as const,
    };
    await assert.rejects(
      engine.repair({ ...asked, set: cut(5) }),
      refusal(
        'windows-overlap',
        /^The windows of long\.csv overlap \(one every 5 of 10 steps\): .*--set data\.step=10/,
      ),
    );
    const { found } = await engine.repair({ ...asked, set: cut(10) });
    assert.equal(found.judgedOn.instances, 48);
    const said = async (step: number) =>
      (
        await train(data, [...cut(step), 'data.case=case', 'data.time=t', 'data.label=label'])
      ).report.findings.filter(({ code }) => code === 'windows-overlap').length;
    assert.deepEqual([await said(5), await said(10)], [1, 0]);
  });

  it('counts windows that share steps for less than their number, which is said of what is judged on them', async () => {
    const data = put('judged.csv', noiseCsv({ instances: 12, labelled: true, length: () => 20 }));
    const train = put('others.csv', noiseCsv({ instances: 12, labelled: true, length: () => 20, seed: 9 }));
    const asked = { model: tiny('tiny.onnx'), data, project: tiny('attribution.json') };
    const narrower = /^The windows of judged\.csv overlap \(one every 5 of 10 steps\): .* narrower than/m;
    for (const [step, is] of [
      [5, true],
      [10, false],
    ] as const) {
      const set = ['data.window=10', `data.step=${step}`];
      const { found } = await engine.repair({ ...asked, set, train, arm: 'masked' });
      const { preprocessing } = await engine.audit({ ...asked, set });
      const { findings } = await engine.evaluate({ ...asked, set, most: 4, draws: 1 });
      for (const said of [found.notes, preprocessing, findings ?? []]) {
        const text = said.map((one) => (typeof one === 'string' ? one : one.sentence)).join('\n');
        assert.equal(narrower.test(text), is, text);
      }
    }
  });

  it('is not said of series that a repair has left out', async () => {
    const mine = noiseCsv({ instances: 30, labelled: true });
    const rest = (csv: string) => csv.replace(/^.*\n/, '');
    const others = rest(noiseCsv({ instances: 24, labelled: true, seed: 8, id: 'new' }));
    const learnt = put('learnt.csv', mine);
    const model = put('trained.onnx', (await train(learnt)).onnx);
    const asked = { model, arm: 'masked' as const };
    const both = put('both.csv', mine + others);
    const { found } = await engine.repair({ ...asked, data: both, train: learnt });
    assert.deepEqual([found.judgedOn.leftOut, found.judgedOn.instances], [30, 24]);
    assert.doesNotMatch(found.notes.join('\n'), /This model has learnt from/);
    const folds = await engine.repair({ ...asked, data: both });
    assert.match(
      folds.found.notes.join('\n'),
      /This model has learnt from at least 30 of these 54 instances/,
    );
  });

  it('are no series that share most of their steps: both say it with how many, of a test and of one file', async () => {
    const random = createRandom(3);
    const recording = Array.from({ length: 600 }, () => [0, 1, 2, 3].map(() => random.normal()));
    /** A series from each of these steps on. */
    const csv = (starts: readonly number[]) =>
      [
        'case,t,label,a,b,c,d',
        ...starts.flatMap((from, i) =>
          recording
            .slice(from, from + 16 + (i % 5))
            .map((row, t) => `${i},${t},${i % 2 ? 'left' : 'right'},${row}`),
        ),
      ].join('\n');
    const apart = Array.from({ length: 12 }, (_, i) => 25 * i);
    const learnt = put('apart.csv', csv(apart));
    const shifted = put('shifted.csv', csv([...apart.map((from) => from + 3), 400, 450]));
    const others = put('others.csv', csv(apart.map((from) => 300 + from)));
    const within = put('within.csv', csv(apart.map((from) => Math.floor(from / 5))));
    const said = async (data: string, test?: string) =>
      (await engine.train({ ...wish, epochs: 1, seed: 1, data, test })).report.findings.flatMap(
        ({ code, sentence }) => (code === 'steps-shared' ? [sentence] : []),
      );
    assert.deepEqual(await said(learnt, others), []);
    const [one, ...none] = await said(learnt, shifted);
    assert.deepEqual(none, []);
    assert.match(one!, /^12 of the 14 series of shifted\.csv share a stretch with a series of apart\.csv /);
    assert.match(
      (await said(within)).join('\n'),
      /^12 of the 12 series of within\.csv share a stretch with another one .* lie on both sides of validation/,
    );
    const many = (first: number, every: number) =>
      csv(Array.from({ length: 24 }, (_, i) => first + every * i));
    const project = tiny('attribution.json');
    const asked = { model: tiny('tiny.onnx'), arm: 'masked' as const, project };
    const notes = async (data: string, train?: string) =>
      (await engine.repair({ ...asked, data, train })).found.notes.filter((note) =>
        /share a stretch/.test(note),
      );
    const folds = put('folds.csv', many(0, 4));
    assert.match(
      (await notes(folds)).join(),
      /^24 of the 24 series of folds\.csv .*: folds are judged on steps/,
    );
    const [train, far] = [put('train.csv', many(300, 4)), put('far.csv', many(2, 4))];
    assert.deepEqual(await notes(train, far), []);
    assert.match(
      (await notes(far, folds)).join(),
      /^24 of the 24 series of far\.csv .* a series of folds\.csv .*: what has learnt from these steps is flattered/,
    );
  });
});
