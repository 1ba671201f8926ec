import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProject, readProject } from '../../../src/project/project.ts';

describe('finding and reading the project', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attribution-'));
    await mkdir(join(folder, 'root/data/deep'), { recursive: true });
    await writeFile(join(folder, 'attribution.json'), '{ "mask": "none" }');
    await writeFile(join(folder, 'root/data/attribution.json'), '{ "mask": "trailing" }');
  });
  after(() => rm(folder, { recursive: true }));

  it('takes the nearest one upward, no higher than the workspace folder', async () => {
    const root = join(folder, 'root');
    assert.equal(await findProject(join(root, 'data/deep/x.csv'), root), join(root, 'data/attribution.json'));
    assert.equal(await findProject(join(root, 'x.csv'), root), undefined);
    assert.equal(await findProject(join(root, 'x.csv')), join(folder, 'attribution.json'));
    assert.equal(await findProject(join(root, 'x.csv'), join(folder, 'elsewhere')), undefined);
  });

  it('reads from disk or through a function', async () => {
    assert.deepEqual((await readProject(join(folder, 'attribution.json'))).mask, { kind: 'none' });
    const read = async (path: string): Promise<Uint8Array> => {
      assert.equal(path, '/virtual/attribution.json');
      return new TextEncoder().encode('{ "model": "m.onnx" }');
    };
    assert.equal((await readProject('/virtual/attribution.json', { read })).model, '/virtual/m.onnx');
    await assert.rejects(readProject(join(folder, 'gone/attribution.json')), {
      code: 'project-missing',
      message: 'attribution.json does not exist.',
    });
    await assert.rejects(readProject(folder), { code: 'project-unreadable' });
  });
});
