import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sample, scratch } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';
import { until } from './support/until.ts';

/** The evaluation of the map being looked at, finished. */
async function judged(command: 'evaluateMap' | 'evaluateInstance') {
  await run(command);
  const { evaluation: evaluations } = (await lens()).works;
  assert.equal(evaluations.view.activity.kind, 'idle', JSON.stringify(evaluations.view.activity));
  return evaluations.view.result ?? assert.fail('there is no evaluation');
}

describe('Evaluate This Map', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = scratch();
    pictureOf(await explain(join(folder, 'long.csv')));
  });

  it('judges the map being looked at on the whole file, with its picks', async () => {
    await run('pickMethod', 'hirescam');
    await run('pickClass', 'right');
    const { instances, how, removal, verdicts } = await judged('evaluateMap');
    assert.equal(instances.length, 8);
    assert.equal(how.method, 'hirescam');
    assert.ok(instances.every(({ target }) => target === 1));
    assert.ok(removal.length >= 4);
    assert.equal(verdicts.order.answer, 'cannot tell', 'eight instances are few');
  });

  it('judges one instance; another one makes it out of date, and another file ends it', async () => {
    const { instances } = await judged('evaluateInstance');
    assert.equal(instances.length, 1);
    const { evaluation: evaluations } = (await lens()).works;
    assert.equal(evaluations.view.outdated, false);
    await run('nextInstance');
    assert.equal(evaluations.view.outdated, true);
    await run('previousInstance');
    assert.equal(evaluations.view.outdated, false, 'back where it was made');
    await run('pickMethod', 'hirescam');
    assert.equal(evaluations.view.outdated, true);
    await run('explainFile', vscode.Uri.file(join(folder, 'single.csv')));
    assert.equal(evaluations.view.result, null);
  });

  it('scores against a ground_truth.json beside the file, and says what is wrong with a bad one', async () => {
    const ids = (await lens()).session.state.data!.instances.map(({ id }) => id);
    const truth = ids.map((id) => ({ case: id, feature: 0, from: 1, to: 4 }));
    writeFileSync(join(folder, 'ground_truth.json'), JSON.stringify(truth));
    const scored = (await judged('evaluateMap')).truth;
    assert.ok('n' in scored && scored.n === 8, JSON.stringify(scored));
    writeFileSync(join(folder, 'ground_truth.json'), '{');
    const bad = (await judged('evaluateInstance')).truth;
    assert.ok('unavailable' in bad);
    assert.match(bad.unavailable, /ground_truth\.json is no JSON/);
  });

  it('ends at Cancel in the middle and leaves everything usable', async () => {
    // Where an earlier test left it: files remember their picks.
    const { index } = pictureOf(await explain(sample('data/test.csv'))).instance;
    const { evaluation: evaluations } = (await lens()).works;
    const running = run('evaluateMap');
    const isOn = () => {
      const { activity } = evaluations.view;
      return activity.kind === 'busy' && Boolean(activity.share);
    };
    await until('the evaluation tells how far it is', isOn, evaluations.onDidChange);
    await vscode.commands.executeCommand('attribution.cancelEvaluation');
    await running;
    assert.deepEqual([evaluations.view.activity.kind, evaluations.view.result], ['idle', null]);
    assert.equal(pictureOf(await run('nextInstance')).instance.index, index + 1);
    pictureOf(await explain(join(folder, 'long.csv')));
    assert.equal((await judged('evaluateInstance')).instances.length, 1);
  });

  it('refuses in a sentence, and exports what there is', async () => {
    await run('toggleMaskedModel', true);
    await vscode.commands.executeCommand('attribution.evaluateMap');
    const { evaluation: evaluations } = (await lens()).works;
    const { activity } = evaluations.view;
    assert.ok(activity.kind === 'refused');
    assert.match(activity.sentence, /turn Masked Model off/);
    await run('toggleMaskedModel', false);
    await judged('evaluateInstance');
    const to = join(folder, 'out.json');
    await run('exportEvaluation', vscode.Uri.file(to));
    assert.equal(JSON.parse(readFileSync(to, 'utf8')).n_instances, 1);
  });
});
