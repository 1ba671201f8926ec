import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpz } from '../../src/data/numpy/writeNpz.ts';
import { READING_TOPICS, type ReadingTopic } from '../../src/engine/reading/topics.ts';
import { tensor } from '../../src/graph/tensor.ts';
import type { Change } from '../../src/session/reading/changes/change.ts';
import { changesFor } from '../../src/session/reading/changes/changesFor.ts';
import { effectWords } from '../../src/session/reading/changes/effect.ts';
import { project, put, scratch } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';

/** Two arrays that may be the series; the setting names one. */
function arrays(folder: string): string {
  const values = (seed: number) =>
    Float64Array.from({ length: 2 * 4 * 24 }, (_, at) => Math.sin(at * 0.7 + seed) * 3 + seed);
  const both = {
    X_train: tensor('float64', [2, 4, 24], values(1)),
    X_test: tensor('float64', [2, 4, 24], values(2)),
  };
  project(folder, { data: { array: 'X_train' } });
  return put(folder, 'both.npz', writeNpz(both));
}

/** The rows of a topic that are complete as they stand, of the list behind the first row where the topic's own has none. */
async function completeRows(topic: ReadingTopic): Promise<readonly Change[]> {
  const { session } = await lens();
  const rows = await changesFor(session.state, topic);
  const list = rows.some(({ patch }) => patch) ? undefined : await rows.find((row) => row.list)?.list?.();
  return (list?.items ?? rows).filter(({ patch }) => patch);
}

describe('Changes to how a file is read', () => {
  for (const topic of Object.keys(READING_TOPICS) as ReadingTopic[]) {
    it(`of ${topic}: what they give is known first; one is written, shown, and taken back in one step`, async () => {
      const folder = scratch();
      const file = topic === 'array' ? arrays(folder) : join(folder, 'long.csv');
      const config = join(folder, 'attribution.json');
      const before = readFileSync(config, 'utf8');
      pictureOf(await explain(file));
      const { reading, session, whenIdle } = await lens();
      const rows = await completeRows(topic);
      assert.ok(rows.length > 0, 'nothing to choose from');
      const [now, ...tried] = await reading.tryOut([{}, ...rows.slice(0, 4).map(({ patch }) => patch!)]);
      for (const one of tried) {
        const words = effectWords(one, now);
        if (one.kind === 'read' && one.read.answer)
          assert.match(words, /^p\(\w+\) .* → .*(r of the maps|another map)/);
        else assert.ok(words.length > 20, words);
      }
      assert.equal(readFileSync(config, 'utf8'), before, 'written before anybody chose');
      const taken =
        rows[
          Math.max(
            0,
            tried.findIndex((one) => one.kind === 'read'),
          )
        ]!;
      await run('changeReading', topic, taken.patch);
      assert.notEqual(readFileSync(config, 'utf8'), before);
      assert.ok(reading.view.written);
      await reading.undo();
      await whenIdle();
      assert.equal(readFileSync(config, 'utf8'), before);
      pictureOf(session.state);
      assert.equal(reading.view.written, null);
    });
  }

  it('can be left as they are: the layout in force comes first, and its note is gone once it is written', async () => {
    const folder = scratch();
    const config = join(folder, 'attribution.json');
    const { data: _, ...others } = JSON.parse(readFileSync(config, 'utf8'));
    put(folder, 'attribution.json', JSON.stringify({ ...others, data: {} }));
    const noted = ({ findings }: { findings: readonly { code: string }[] }) =>
      findings.some(({ code }) => code === 'layout-inferred');
    const before = pictureOf(await explain(join(folder, 'single.csv')));
    assert.ok(noted(before), 'the layout was found, not set');
    const [first] = await completeRows('layout');
    assert.deepEqual(first!.patch, { data: { layout: 'single' } });
    const after = pictureOf(await run('changeReading', 'layout', first!.patch));
    assert.ok(!noted(after));
    assert.deepEqual(after.map, before.map);
    assert.ok((await completeRows('layout')).every(({ label }) => label !== first!.label));
  });
});
