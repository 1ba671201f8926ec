import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { projectAbove } from '../../../src/engine/projectAbove.ts';
import type { Project } from '../../../src/project/projectShape.ts';

const folder = resolve('/ours');
const project = (files?: string): Project => ({
  ...{ path: resolve(folder, 'attribution.json'), folder, preprocess: [], mask: { kind: 'auto' } },
  data: files === undefined ? {} : { files },
});
const said = (data: string, files?: string) =>
  projectAbove(project(files), resolve(folder, data)).map(({ severity }) => severity);

describe('attribution.json of a folder above the data', () => {
  it('is said where it does not name the file, and a warning where it names others', () => {
    assert.deepEqual(said('data/x.csv'), ['info']);
    assert.deepEqual(said('other/x.csv', 'data/**/*.csv'), ['warning']);
    assert.match(
      projectAbove(project('a/*.csv'), resolve(folder, 'b/x.csv'))[0]!.sentence,
      /of ours, .*"files" \(a\/\*\.csv\)/,
    );
  });

  it('needs no word where it lies beside, names the file, or was given from elsewhere', () => {
    assert.deepEqual(said('x.csv'), []);
    assert.deepEqual(said('data/a/x.csv', 'data/**/*.csv'), []);
    assert.deepEqual(said('.'), []);
    assert.deepEqual(said('../elsewhere/x.csv'), []);
    assert.deepEqual(projectAbove(undefined, resolve('x.csv')), []);
  });
});
