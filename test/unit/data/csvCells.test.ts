import assert from 'node:assert/strict';
import { readText } from './reading.ts';

describe('The cells of a row', () => {
  it('are where the feature columns stand, whatever order they are asked in', async () => {
    const { cells, features } = await readText('t;x;label;y\n0;1;up;10\n1;2;up;20\n');
    assert.deepEqual(features, ['x', 'y']);
    assert.deepEqual(cells, { delimiter: ';', columns: [1, 3] });
  });

  it('are found without a header, under the names attribution.json gives', async () => {
    const { cells } = await readText('0,1,10\n1,2,20\n2,4,5\n', {
      features: ['a', 'b', 'c'],
      header: false,
      time: null,
    });
    assert.deepEqual(cells?.columns, [0, 1, 2]);
  });

  it('mean nothing where a row is a whole series', async () => {
    const { cells } = await readText('1,2,3,4\n5,6,7,9\n', { layout: 'wide', header: false });
    assert.equal(cells, undefined);
  });
});
