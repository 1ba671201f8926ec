import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import type { RepairRequest } from '../../../src/engine/requests.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

const model = fileURLToPath(new URL('../../fixtures/tiny/tiny.onnx', import.meta.url));
const NAMES = ['a', 'b', 'c', 'd'];

/** The columns of the features brought into another order, under other names where there are any. */
function turned(csv: string, order: readonly number[], names = NAMES): string {
  const lines = csv.trim().split('\n');
  return `${lines
    .map((line, at) => {
      const cells = line.split(',');
      const own = cells.slice(0, -4);
      const features = at === 0 ? names : cells.slice(-4);
      return [...own, ...order.map((f) => features[f])].join(',');
    })
    .join('\n')}\n`;
}

describe('a repair that learns from a file of its own', function () {
  this.timeout(60_000);
  const { engine, put } = engineIn('repair-train');
  const judged = noiseCsv({ instances: 24, labelled: true, seed: 5 });
  const lesson = noiseCsv({ instances: 30, labelled: true, seed: 6 });
  /** As of a model from elsewhere: nobody has listed its features. */
  const settings = (classes: readonly string[]) => ({
    classes,
    preprocess: [
      {
        standardize: {
          mean: [9.99872, -2.85737, 0.534722, 199.826],
          std: [1.99607, 0.557312, 0.138437, 30.0428],
        },
      },
      { pad: { to: 24, value: 0, side: 'end' } },
    ],
  });
  const repaired = async (train: string | undefined, over: Partial<RepairRequest> = {}, data = judged) => {
    const { found } = await engine.repair({
      ...{ model, arm: 'head', data: put('judged.csv', data) },
      project: put('attribution.json', JSON.stringify(settings(['left', 'right']))),
      ...(train !== undefined && { train }),
      ...over,
    });
    return found;
  };
  const figures = ({ candidates, notes }: Awaited<ReturnType<typeof repaired>>) => {
    const [one] = candidates;
    assert.ok(one && !('cannot' in one));
    return { accuracy: one.accuracy, crossed: one.lengthCrossed, notes };
  };

  it('takes its features by name, whatever their order', async () => {
    const plain = figures(await repaired(put('lesson.csv', lesson)));
    const other = figures(await repaired(put('turned.csv', turned(lesson, [3, 1, 0, 2]))));
    assert.deepEqual([other.accuracy, other.crossed], [plain.accuracy, plain.crossed]);
    assert.equal(plain.notes.filter((note) => /another order/.test(note)).length, 0);
    assert.match(other.notes.join('\n'), /turned\.csv: The features stand in another order in the data/);
  });

  it('has columns besides: the features are those of the file that is judged', async () => {
    const plain = figures(await repaired(put('lesson.csv', lesson)));
    const more = lesson
      .trim()
      .split('\n')
      .map((line, at) =>
        line.replace(/^([^,]*,[^,]*,[^,]*)/, `$1,${at === 0 ? 'zz' : Math.sin(at).toFixed(3)}`),
      )
      .join('\n');
    const other = figures(await repaired(put('more.csv', `${more}\n`)));
    assert.deepEqual([other.accuracy, other.crossed], [plain.accuracy, plain.crossed]);
    await assert.rejects(
      repaired(put('none.csv', `${more.replace('zz', 'zy').replace(',d', ',q')}\n`)),
      refusal('ask-too-many-columns', /The model takes 4 features, the data has 5/),
    );
  });

  it('is refused where they have other names, and says so where one file names none', async () => {
    const other = put('other.csv', turned(lesson, [0, 1, 2, 3], ['a', 'b', 'c', 'z']));
    await assert.rejects(
      repaired(other),
      refusal(
        'train-differs',
        /^The features of other\.csv are a, b, c, z and those of judged\.csv a, b, c, d: give/,
      ),
    );
    const rows = lesson
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const series = [...new Set(rows.map(([id]) => id))].map((id) => rows.filter(([one]) => one === id));
    const x = new Float32Array(series.length * 4 * 24).fill(Number.NaN);
    for (const [n, own] of series.entries())
      for (const [t, row] of own.entries())
        for (let f = 0; f < 4; f++) x[(n * 4 + f) * 24 + t] = Number(row[3 + f]);
    const arrays = { x: float32([series.length, 4, 24], x), y: series.map((own) => own[0]![2]!) };
    const { notes } = figures(await repaired(put('lesson.npz', writeNpz(arrays))));
    assert.match(
      notes.join('\n'),
      /lesson\.npz: its features \(f0, f1, f2, f3\) are taken for those of judged\.csv \(a, b, c, d\) in this order/,
    );
  });

  it('tries nothing that may unlearn a class of which there is no series, unless it is asked for', async () => {
    const three = newNetwork('fcn', { features: 4, steps: 24, classes: 3 }, 1, 4);
    const over = {
      model: put('three.onnx', writeOnnx(three)),
      project: put('three.json', JSON.stringify(settings(['left', 'right', 'up']))),
    };
    const { candidates, chosen, notes } = await repaired(undefined, { ...over, arm: 'auto' });
    const cannot = candidates.flatMap((one) => ('cannot' in one ? [one.cannot] : []));
    assert.equal(cannot.length, 4);
    assert.match(cannot[0]!, /^There is no series of class "up" to learn from: what learns from the other/);
    assert.ok(chosen === null || chosen === 'masked');
    assert.match(notes.join('\n'), /^No series is of class "up": no figure says how a repair answers it/m);
    const named = await repaired(undefined, { ...over, arm: 'head' });
    assert.ok(!('cannot' in named.candidates[0]!));
    const all = judged.replaceAll(/^(i\d*[0369],\d+),(?:left|right)/gm, '$1,up');
    assert.match(all, /,up,/);
    const taught = await repaired(put('lesson.csv', lesson), { ...over, arm: 'head' }, all);
    assert.match(taught.notes.join('\n'), /^The file to learn from has no series of class "up": a repair/m);
  });
});
