import assert from 'node:assert/strict';
import type { ValueFigures } from '../../../src/padding/audit.ts';
import { mostMoved, movedVerdict } from '../../../src/padding/values/valueWords.ts';

const moved = (value: number): ValueFigures =>
  ({
    intervention: 'channel_mean',
    meanAbs: { value, interval: [value, value], n: 12 },
    inSd: value,
    worst: { id: 'a', change: value },
  }) as unknown as ValueFigures;

describe('what is said of outputs that are numbers', () => {
  it('names no change as the one that moves most where none moves', () => {
    const changes = [moved(0), moved(0)];
    assert.equal(mostMoved({ changes }, false), 'nothing moves it');
    assert.match(
      movedVerdict({ changes }, false).reason,
      /^Nothing moves the output: .* what the padding holds /,
    );
    assert.match(movedVerdict({ changes: [moved(0), moved(0.5)] }, false).reason, /moves most under .*0\.5/);
  });
});
