import assert from 'node:assert/strict';
import { whoReads } from '../../../src/cli/trainedSettings.ts';

describe('what a training says of the settings it has written', () => {
  const said = (path: string, apart?: string) =>
    whoReads({ path, apart }, ['/set/a.csv', '/set/test/b.csv', '/other/c.csv']).map(
      ({ sentence }) => sentence,
    );

  it('is which of its files are read by them from now on, and why others need --config', () => {
    assert.deepEqual(said('/set/attribution.json'), [
      'attribution.json is read for a.csv, b.csv from now on, whichever model is asked.',
    ]);
    assert.deepEqual(said('/models/attribution.json'), []);
    assert.match(
      said('/set/g.attribution.json', 'would be read for old.onnx, too')[0]!,
      /^The settings are in g\.attribution\.json, as an attribution\.json beside the model would be read for old\.onnx, too\./,
    );
  });
});
