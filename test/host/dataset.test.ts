import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readNpz } from '../../src/data/numpy/readNpz.ts';
import { put, sample, scratch } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';
import { until } from './support/until.ts';

/** The overview of the file being looked at, finished. */
async function added() {
  await run('explainWholeFile');
  const { dataset: overviews } = (await lens()).works;
  assert.equal(overviews.view.activity.kind, 'idle', JSON.stringify(overviews.view.activity));
  return overviews.view.result ?? assert.fail('there is no overview');
}

async function settled(busy: boolean): Promise<void> {
  const { dataset: overviews } = (await lens()).works;
  const is = () => (overviews.view.activity.kind === 'busy') === busy;
  await until(busy ? 'the view is made' : 'the view stands', is, overviews.onDidChange);
}

describe('The dataset view', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = scratch();
    pictureOf(await explain(join(folder, 'long.csv')));
  });

  it('adds up every instance as the one being looked at is explained', async () => {
    await run('pickMethod', 'hirescam');
    await run('pickClass', 'right');
    const { instances, groups, how, features } = await added();
    assert.equal(instances.length, 8);
    assert.deepEqual([how.method, how.target], ['hirescam', 'right']);
    assert.equal(groups[0]!.members.length, 8);
    assert.ok(features === null || features.length === 4);
    const { explanation } = (await lens()).session.state;
    assert.equal(instances[explanation!.instance.index]!.predicted, explanation!.prediction.predicted);
  });

  it('is out of date once a pick or the mask changes, and gone with another file', async () => {
    await run('pickMethod', 'gradcam');
    await added();
    const { dataset: overviews } = (await lens()).works;
    await run('nextInstance');
    assert.equal(overviews.view.outdated, false, 'another instance changes nothing');
    await run('pickMethod', 'hirescam');
    assert.equal(overviews.view.outdated, true);
    await run('pickMethod', 'gradcam');
    assert.equal(overviews.view.outdated, false, 'back where it was made');
    await run('pickMask', 'none');
    assert.equal(overviews.view.outdated, true);
    const told: number[] = [];
    const telling = overviews.onDidChange(({ instances }) => told.push(instances));
    await run('explainFile', vscode.Uri.file(join(folder, 'single.csv')));
    telling.dispose();
    assert.equal(overviews.view.result, null);
    assert.equal(told.at(-1), 1, 'how many there are is told once the file has been read');
  });

  it('ends at Cancel and leaves everything usable', async () => {
    // Where an earlier test left it: files remember their picks.
    const { index } = pictureOf(await explain(sample('data/test.csv'))).instance;
    const { dataset: overviews } = (await lens()).works;
    const running = run('explainWholeFile');
    await settled(true);
    await vscode.commands.executeCommand('attribution.cancelDataset');
    await running;
    assert.deepEqual([overviews.view.activity.kind, overviews.view.result], ['idle', null]);
    assert.equal(pictureOf(await run('nextInstance')).instance.index, index + 1);
    pictureOf(await explain(join(folder, 'long.csv')));
    assert.equal((await added()).instances.length, 8);
  });

  it('lets maps be picked while it runs, and goes to an instance that stands out', async () => {
    pictureOf(await explain(sample('data/test.csv')));
    const running = run('explainWholeFile');
    await settled(true);
    pictureOf(await run('pickInstance', 5));
    await running;
    const { dataset: overviews } = (await lens()).works;
    const { outliers, instances } = overviews.view.result!;
    const wrong = outliers.find(({ reasons }) => reasons.some(({ kind }) => kind === 'misclassified'))!;
    assert.equal(instances[wrong.instance]!.id, 'stairs_0017');
    const { prediction, instance } = pictureOf(await run('pickInstance', instances[wrong.instance]!.index));
    assert.notEqual(prediction.classes[prediction.predicted], instance.label);
  });

  it('says in a sentence why it cannot be made, and makes nothing of a part', async () => {
    put(folder, 'long.csv', 't,a,b\n0,1,2\n');
    await run('explainWholeFile');
    const { view } = (await lens()).works.dataset;
    assert.equal(view.activity.kind, 'refused');
    assert.ok(
      view.activity.kind === 'refused' && /\bc\b.*\bd\b/.test(view.activity.sentence),
      JSON.stringify(view.activity),
    );
    assert.equal(view.result, null);
  });

  it('is written as tables, arrays and JSON', async () => {
    await added();
    const written = async (form: string) => {
      const path = join(folder, `out.${form}`);
      await run('exportDataset', form, vscode.Uri.file(path));
      return readFileSync(path);
    };
    assert.equal((await written('instances')).toString().trim().split('\n').length, 9);
    assert.match(
      (await written('mapsByEnd')).toString(),
      /^group,by,alignment,scale,column,position,instances,/,
    );
    assert.match((await written('ranking')).toString(), /^group,by,scale,place,feature,/);
    const arrays = readNpz(await written('npz'), 'out.npz');
    assert.deepEqual(arrays.get('predicted')!.dims, [8]);
    assert.equal(JSON.parse((await written('json')).toString()).instances.length, 8);
  });

  it('has nothing to export before it was made', async () => {
    const path = join(folder, 'none.csv');
    await run('exportDataset', 'instances', vscode.Uri.file(path));
    assert.equal(existsSync(path), false);
  });
});
