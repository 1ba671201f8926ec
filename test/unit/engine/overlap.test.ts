import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
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
});
