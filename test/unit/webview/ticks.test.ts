import assert from 'node:assert/strict';
import { first, shownFrom } from '../../../webview/dataset/shown.ts';
import { ticksOf } from '../../../webview/dataset/ticks.ts';

describe('The step axis of mean maps', () => {
  const labels = (...given: Parameters<typeof ticksOf>) => ticksOf(...given)?.map(({ label }) => label);

  it('counts from 0 by itself when aligned by start', () => {
    assert.equal(ticksOf('start', 131, 1), undefined);
  });

  it('counts back from the last step, at round numbers', () => {
    assert.deepEqual(labels('end', 131, 1), ['−120', '−100', '−80', '−60', '−40', '−20', '0']);
    assert.deepEqual(ticksOf('end', 131, 1)!.at(-1), { value: 130, label: '0' });
    assert.deepEqual(ticksOf('end', 131, 1)![0], { value: 10, label: '−120' });
    assert.deepEqual(labels('end', 1, 1), ['0']);
    // Column 9 of ten, four steps each: −8 is two columns before it.
    assert.deepEqual(
      ticksOf('end', 10, 4)!.find(({ label }) => label === '−20'),
      { value: 4, label: '−20' },
    );
  });

  it('goes from edge to edge in relative time', () => {
    assert.deepEqual(labels('relative', 50, 1), ['0 %', '20 %', '40 %', '60 %', '80 %', '100 %']);
    assert.deepEqual(
      ticksOf('relative', 50, 1)!.map(({ value }) => value),
      [-0.5, 9.5, 19.5, 29.5, 39.5, 49.5],
    );
  });
});

describe('What the dataset view showed', () => {
  it('comes back, and is as at first where it makes no sense', () => {
    const kept = { by: 'label', name: 'walk', alignment: 'end', scale: 'raw' };
    assert.deepEqual(shownFrom(kept), kept);
    assert.deepEqual(shownFrom({ by: 'size', name: 3, alignment: 'middle' }), first);
  });
});
