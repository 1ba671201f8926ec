import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { decodeRun, encodeRun } from '../../../src/session/runs/runFile.ts';
import { madeHow } from '../attribution/madeHow.ts';
import { run } from './explanations.ts';

const kept = async (name: string) =>
  decodeRun(await readFile(new URL(`../../fixtures/runs/${name}.run`, import.meta.url)));

/** Written by the version that had no `how`. */
describe('A run of the first form', () => {
  it('is read as what it was', async () => {
    const target = { index: 1, name: 'run', against: { index: 0, name: 'walk' } };
    const how = madeHow({
      ...{ target: 'run', against: 'runner-up', method: 'smoothgrad', options: { samples: 51, seed: 3 } },
      ...{ relu: false, maskedAlpha: true },
    });
    const selection = {
      ...{ instance: 6, target: 1, against: 'runner-up', truncate: false },
      ...{ relu: false, maskedAlpha: true, maskedModel: false },
    };
    // The same run made today has the same name, so that it takes the old one's place.
    assert.deepEqual(await kept('first_form'), run(1, { selection }, { target, how }));
  });

  it('followed the prediction where its class was null', async () => {
    const { facts } = await kept('first_form_plain');
    assert.equal(facts.how.target, 'predicted');
    assert.equal('target' in facts.selection, false);
    assert.equal(facts.id, run(2, { selection: { ...facts.selection, instance: 0 } }).facts.id);
  });

  it('is written in the form of today', async () => {
    const one = await kept('first_form');
    // What the run says by itself is not said again.
    assert.deepEqual(
      ['instance', 'madeFor'].filter((name) => name in one.facts.selection),
      [],
    );
    const bytes = encodeRun(one);
    assert.match(new TextDecoder().decode(bytes), /^\{"version":2,/);
    assert.deepEqual(decodeRun(bytes), one);
  });

  it('is refused where it says nothing of how', async () => {
    const bytes = await readFile(new URL('../../fixtures/runs/first_form.run', import.meta.url));
    const broken = (from: string, to: string) =>
      new TextEncoder().encode(bytes.toString('latin1').replace(from, to));
    assert.throws(
      () => decodeRun(broken('"method":"smoothgrad"', '"method":7')),
      /facts\.how\.method is no text/,
    );
    assert.throws(
      () => decodeRun(broken('"selection":{', '"selection":null,"x":{')),
      /facts\.selection is missing/,
    );
    assert.throws(
      () => decodeRun(broken('"target":{"index"', '"target":null,"x":{"index"')),
      /target is no text/,
    );
  });
});
