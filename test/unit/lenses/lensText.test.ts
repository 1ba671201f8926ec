import assert from 'node:assert/strict';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { lensText } from '../../../src/views/lenses/lensText.ts';
import { RunChange, type RunNumbers } from '../../../src/views/lenses/runNumbers.ts';
import { english } from '../../fixtures/english.ts';
import { madeHow } from '../attribution/madeHow.ts';

const run = (predicted: string, p: number, mixed: number, empty: number, length = 28): RunNumbers => ({
  ...{ predicted, p, length },
  shares: { REAL: 1 - mixed - empty, MIXED: mixed, EMPTY: empty },
});

describe('the text of a code lens', () => {
  it('says only what is now on the first run', () => {
    const { title, tooltip } = lensText({ before: null, now: run('walk', 0.97, 0.5, 0.12) }, null, english);
    assert.equal(title, 'padding 62 % of the map · p(walk) 0.97 · length 28');
    assert.equal(tooltip, 'Share of the map by zone: REAL 38 %, MIXED 50 %, EMPTY 12 %');
  });

  it('says what changed, and once what did not', () => {
    const change = { before: run('walk', 0.97, 0.5, 0.12), now: run('walk', 0.951, 0.08, 0) };
    assert.deepEqual(lensText(change, { lengthEvidence: 'no', outdated: true }, english), {
      title:
        'padding 62 % → 8 % of the map · p(walk) 0.97 → 0.95 · length 28 · length evidence: no (audit out of date)',
      tooltip: 'Share of the map by zone: REAL 38 % → 92 %, MIXED 50 % → 8 %, EMPTY 12 % → 0 %',
    });
    assert.match(
      lensText(change, { lengthEvidence: 'YES', outdated: false }, english).title,
      /length evidence: YES$/,
    );
  });

  it('names both classes where the prediction changes', () => {
    const change = { before: run('walk', 0.97, 0.1, 0), now: run('run', 0.55, 0.1, 0, 131) };
    assert.equal(
      lensText(change, null, english).title,
      'padding 10 % of the map · p(walk) 0.97 → p(run) 0.55 · length 28 → 131',
    );
  });

  it('rounds no probability to certainty', () => {
    const p = (value: number) => lensText({ before: null, now: run('a', value, 0, 0) }, null, english).title;
    assert.match(p(0.9987), /p\(a\) 0\.9987 /);
    assert.match(p(0.999999), /p\(a\) > 0\.9999 /);
    assert.match(p(1), /p\(a\) 1 /);
    assert.match(p(0.004), /p\(a\) 0\.00 /);
  });
});

describe('what a lens compares with', () => {
  const explanation = (preprocess: string, p: number, instance = 'a', more: object = {}) =>
    ({
      instance: { id: instance },
      target: { index: 0, name: 'walk' },
      how: madeHow({ layer: 'conv' }),
      prediction: { predicted: 0, probabilities: Float32Array.of(p), classes: ['walk'] },
      shares: { REAL: { map: 1 }, MIXED: { map: 0 }, EMPTY: { map: 0 } },
      padding: { length: 3 },
      provenance: { data: 'a.csv', modelHash: 'm', preprocess },
      ...more,
    }) as unknown as Explanation;
  const ps = ({ change }: RunChange) => [change?.before?.p, change?.now.p].map((p) => p && +p.toFixed(2));

  it('is the run before that differs in script or data only', () => {
    const runs = new RunChange();
    runs.add(explanation('one', 0.5));
    assert.deepEqual(ps(runs), [undefined, 0.5]);
    runs.add(explanation('two', 0.25));
    assert.deepEqual(ps(runs), [0.5, 0.25]);
    runs.add(explanation('two', 0.25));
    assert.deepEqual(ps(runs), [0.5, 0.25], 'the same again is no new run');
    runs.add(explanation('three', 0.75));
    assert.deepEqual(ps(runs), [0.25, 0.75]);
    runs.add(explanation('three', 0.75, 'b'));
    assert.deepEqual(ps(runs), [undefined, 0.75], 'another instance');
    runs.add(explanation('three', 0.75, 'b', { how: madeHow({ target: 'run' }) }));
    assert.deepEqual(ps(runs), [undefined, 0.75], 'another class');
    const against = {
      how: madeHow({ target: 'run' }),
      target: { index: 0, name: 'walk', against: { index: 1, name: 'run' } },
    };
    runs.add(explanation('three', 0.75, 'b', against));
    assert.deepEqual(ps(runs), [undefined, 0.75], 'another contrast');
    runs.add(
      explanation('four', 0.5, 'b', { ...against, how: madeHow({ target: 'run', options: { samples: 7 } }) }),
    );
    assert.deepEqual(ps(runs), [undefined, 0.5], 'other options');
  });
});
