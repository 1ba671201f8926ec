import assert from 'node:assert/strict';
import { join } from 'node:path';
import { zoneCounts } from '../../src/commands/layerZones.ts';
import { sample, scratch } from './support/files.ts';
import { explain, lens, pictureOf, refusalOf, run, until } from './support/lens.ts';

describe('Picks', () => {
  beforeEach(async () => {
    await explain(join(scratch(), 'long.csv'));
  });

  it('take a layer by its name', async () => {
    const picture = pictureOf(await run('pickLayer', 'conv2dblock'));
    assert.equal(picture.layer.name, 'conv2dblock');
    assert.equal(picture.map.rows, 4);
  });

  it('list for each layer the zones that its map then shows', async () => {
    await run('pickInstance', 1);
    const { model, explanation } = await run('pickMask', 'length:9');
    for (const layer of model!.layers) {
      const counts = zoneCounts(layer, explanation!.padding.mask);
      const { shares, native } = pictureOf(await run('pickLayer', layer.name));
      const shown = (zone: 'REAL' | 'MIXED' | 'EMPTY') => Math.round(shares[zone].positions * native.columns);
      assert.deepEqual(
        counts,
        { REAL: shown('REAL'), MIXED: shown('MIXED'), EMPTY: shown('EMPTY') },
        layer.name,
      );
    }
  });

  it('take an instance by id and by position, and step to its neighbours', async () => {
    assert.equal(pictureOf(await run('pickInstance', 'case2')).instance.index, 2);
    assert.equal(pictureOf(await run('pickInstance', 0)).instance.id, 'case0');
    assert.equal(pictureOf(await run('nextInstance')).instance.index, 1);
    assert.equal(pictureOf(await run('previousInstance')).instance.index, 0);
    assert.equal(pictureOf(await run('previousInstance')).instance.index, 0);
  });

  it('take a class by name and index, and follow the prediction again', async () => {
    const { predicted } = pictureOf(await run('pickClass', 'right')).prediction;
    assert.equal(pictureOf(await run('pickClass', 'right')).target.name, 'right');
    assert.equal(pictureOf(await run('pickClass', 0)).target.name, 'left');
    assert.equal(pictureOf(await run('pickClass', 'predicted')).target.index, predicted);
  });

  it('take a method, the ReLU and masked weights', async () => {
    assert.equal(pictureOf(await run('pickMethod', 'hirescam')).how.method, 'hirescam');
    assert.equal(pictureOf(await run('toggleRelu')).how.relu, false);
    assert.equal(pictureOf(await run('toggleMaskedAlpha', true)).how.maskedAlpha, false, 'it sums nothing');
    assert.equal(pictureOf(await run('pickMethod', 'gradcam')).how.maskedAlpha, true);
    const masked = pictureOf(await run('toggleMaskedModel'));
    assert.equal(masked.how.maskedModel, true);
    assert.match(masked.findings.at(-1)!.sentence, /masked model, a different model/);
    assert.equal(pictureOf(await run('toggleMaskedModel')).how.maskedModel, false);
  });

  it('take methods at the input, their options, and lead back to a layer', async () => {
    const picture = pictureOf(await run('pickMethod', 'integrated-gradients', { samples: 20 }));
    assert.deepEqual([picture.layer.name, picture.map.rows], ['input', 4]);
    assert.deepEqual(picture.how.options, { baseline: { kind: 'zero' }, samples: 20 });
    const mean = pictureOf(await run('pickMethodOptions', { baseline: { kind: 'mean' } }));
    assert.deepEqual(mean.how.options, { baseline: { kind: 'mean' }, samples: 20 });
    const other = pictureOf(await run('pickMethodOptions', { baseline: { kind: 'instance', id: 'case1' } }));
    assert.ok(other.map.values.some((value, i) => value !== mean.map.values[i]));
    assert.match(refusalOf(await run('pickMethodOptions', { samples: 1e7 })).sentence, /samples/);
    const back = pictureOf(await run('pickLayer', 'conv2dblock'));
    assert.deepEqual(
      [back.layer.name, back.how.method, back.how.options],
      ['conv2dblock', 'gradcam', undefined],
    );
  });

  it('leave maps beside each other while method and layer change, and nothing else', async () => {
    const { grid } = (await lens()).panel;
    await grid.ask('methods');
    const { panes, of } = grid.view;
    assert.ok(of > 2 && panes.length === of);
    await run('pickMethod', 'hirescam');
    await run('pickMethod', 'gradcam');
    assert.equal(grid.view.panes.length, of);
    await run('toggleRelu', false);
    assert.equal(grid.view.what, null, 'they were made with the ReLU');
    await run('toggleRelu', true);
  });

  it('set a class against another, and turn it round', async () => {
    await run('toggleRelu', false);
    const plain = pictureOf(await run('pickClass', 'left'));
    const contrast = pictureOf(await run('pickClass', 'left', 'right'));
    assert.equal(contrast.target.against?.name, 'right');
    const runnerUp = pictureOf(await run('pickAgainst', 'runner-up'));
    assert.deepEqual(runnerUp.map.values, contrast.map.values);
    const against = pictureOf(await run('pickAgainst', 'negative'));
    assert.deepEqual([against.target.negative, against.target.against], [true, undefined]);
    assert.ok(against.map.values.every((value, i) => Math.abs(value + plain.map.values[i]!) < 1e-6));
    assert.equal(pictureOf(await run('pickAgainst', null)).target.negative, undefined);
  });

  it('give way to the next one where they take long', async () => {
    const { session } = await lens();
    await explain(sample('data/walk_0007.csv'));
    const finished: string[] = [];
    const listener = session.onDidFinish(({ explanation }) => finished.push(explanation.how.method));
    const onItsWay = until(({ activity }) => activity.kind === 'busy', 'SmoothGrad is on its way');
    await lens();
    // What is over at once is never shown as busy.
    void run('pickMethod', 'smoothgrad', { samples: 1000 });
    await onItsWay;
    const picture = pictureOf(await run('pickMethod', 'hirescam'));
    assert.equal(picture.how.method, 'hirescam');
    assert.equal(session.state.selection.method, 'hirescam');
    assert.deepEqual(finished, ['hirescam']);
    listener.dispose();
  });

  it('take a padding mask in its text form', async () => {
    assert.equal(pictureOf(await run('pickMask', 'none')).padding.length, 24);
    assert.equal(pictureOf(await run('pickMask', 'length:9')).padding.length, 9);
    const front = pictureOf(await run('pickMask', 'length:9@front')).padding;
    assert.deepEqual([front.mask[0], front.mask.at(-1)], [0, 1]);
  });

  it('take a model, and drop the layer picked on another one', async () => {
    await run('pickLayer', 'conv2dblock');
    const other = join(scratch(), 'tiny.onnx');
    const state = await run('chooseModel', other);
    assert.equal(pictureOf(state).provenance.model.endsWith('tiny.onnx'), true);
    assert.equal(state.model?.path, other);
    assert.equal(state.selection.layer, undefined);
  });

  it('stay as they were when what was asked for does not exist', async () => {
    await run('pickLayer', 'conv2dblock');
    const { sentence } = refusalOf(await run('pickLayer', 'conv9'));
    assert.match(sentence, /conv9/);
    const picture = pictureOf(await run('rerun'));
    assert.equal(picture.layer.name, 'conv2dblock');
  });

  it('come back with the file', async () => {
    const { session } = await lens();
    const before = session.state.file!.fsPath;
    await run('pickLayer', 'conv2dblock');
    await run('pickInstance', 3);
    await run('pickClass', 'right');
    await run('pickMask', 'length:7');
    await explain(sample('data/walk_0007.csv'));
    const picture = pictureOf(await explain(before));
    assert.equal(picture.layer.name, 'conv2dblock');
    assert.equal(picture.instance.index, 3);
    assert.equal(picture.target.name, 'right');
    assert.equal(picture.padding.length, 7);
  });
});
