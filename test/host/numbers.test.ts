import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { put, repository } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';

/** A folder with one model, its settings and the series under a name of their own. */
function folderOf(model: string, data: string, settings: object = {}): string {
  const fixture = (name: string) => readFileSync(join(repository, 'test/fixtures/regression', name));
  const folder = mkdtempSync(join(tmpdir(), 'lens-numbers-'));
  put(folder, model, fixture(model));
  put(folder, 'attribution.json', JSON.stringify({ model, ...settings }));
  return put(folder, data, fixture(data));
}

describe('Outputs that are numbers', function () {
  this.timeout(60_000);

  it('are explained and audited; what counts classes says that there are none', async () => {
    const picture = pictureOf(await explain(folderOf('one.pt2', 'data.npz')));
    assert.ok(picture.prediction.values);
    assert.match(picture.instance.label!, /^-?\d/);
    await run('auditFile');
    const { works } = await lens();
    const { result, activity } = works.audit.view;
    assert.equal(activity.kind, 'idle', JSON.stringify(activity));
    assert.ok(result!.values!.changes.some((change) => 'meanAbs' in change));
    for (const [command, id] of [
      ['evaluateMap', 'evaluation'],
      ['explainWholeFile', 'dataset'],
      ['repairFile', 'repair'],
    ] as const) {
      await run(command);
      const { activity } = works[id].view;
      const sentence = activity.kind === 'refused' ? activity.sentence : assert.fail(`${command} ran`);
      assert.match(sentence, /counts right answers among classes, and the outputs of one\.pt2 are numbers/);
    }
  });

  it('are picked by step and channel, known by the loss of a Keras model', async () => {
    const data = folderOf('compiled_steps.keras', 'unlabelled.npz', { outputs: ['pulse', 'load'] });
    assert.equal(pictureOf(await explain(data)).target.name, 'step 14 of pulse');
    assert.equal(pictureOf(await run('pickClass', 7)).target.name, 'step 3 of load');
    const { findings } = pictureOf(await run('pickAgainst', 6));
    const said = findings.map(({ sentence }) => sentence).join('\n');
    assert.doesNotMatch(said, /\bclass(es)?\b|logit/);
  });
});
