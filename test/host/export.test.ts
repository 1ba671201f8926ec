import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readNpz } from '../../src/data/numpy/readNpz.ts';
import { readOnnx } from '../../src/formats/onnx/readOnnx.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { scratch } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';

describe('Export…', () => {
  const folder = scratch();
  const target = (name: string) => vscode.Uri.file(join(folder, name));
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');

  before(async () => {
    await explain(join(folder, 'long.csv'));
    await run('pickLayer', 'conv2dblock');
    await run('pickInstance', 3);
  });

  it('has nothing to export before anything was explained', async () => {
    const { session } = await lens();
    session.close();
    await run('export', 'svg', target('none.svg'));
    assert.equal(existsSync(join(folder, 'none.svg')), false);
    await explain(join(folder, 'long.csv'));
    await run('pickLayer', 'conv2dblock');
    await run('pickInstance', 3);
  });

  it('writes pictures and the report of what is shown', async () => {
    await run('export', 'svg', target('map.svg'));
    assert.match(
      text('map.svg'),
      /^<svg [\s\S]*Grad-CAM of conv2dblock for [\s\S]*case3 · predicted [\s\S]*<\/svg>\n$/,
    );
    assert.match(text('map.svg'), /padding included in the scale/, 'as in the panel');
    await run('export', 'png', target('map.png'));
    const png = readFileSync(join(folder, 'map.png'));
    assert.equal(png.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
    assert.equal(png.readUInt32BE(16), 1840);
    await run('export', 'html', target('map.html'));
    assert.match(text('map.html'), /<h1>Grad-CAM of conv2dblock for /);
    assert.doesNotMatch(text('map.html'), /<script|https?:\/\//);
  });

  it('writes the numbers of what is shown, the same in every format', async () => {
    const { session } = await lens();
    const { map, provenance, padding } = pictureOf(session.state);
    await run('export', 'json', target('map.json'));
    const json = JSON.parse(text('map.json'));
    assert.equal(json.case, 'case3');
    assert.deepEqual(Float32Array.from(json.map.flat()), map.values);
    assert.equal(json.provenance.modelHash, provenance.modelHash);
    assert.equal(json.provenance.config, join(folder, 'attribution.json'));
    assert.equal(json.mask.origin, padding.origin);
    await run('export', 'npz', target('map.npz'));
    const npz = readNpz(readFileSync(join(folder, 'map.npz')), 'map.npz').get('map') as Tensor;
    assert.deepEqual(npz.dims, [1, map.rows, map.columns]);
    assert.deepEqual(Float32Array.from(npz.data as Float32Array), map.values);
    await run('export', 'csv', target('map.csv'));
    const [header, ...rows] = text('map.csv').trimEnd().split('\n');
    assert.equal(header, 'case,step,line,zone,a,b,c,d');
    assert.equal(rows.length, map.columns);
    const first = rows.map((row) => Math.fround(Number(row.split(',')[4])));
    assert.deepEqual(Float32Array.from(first), map.values.slice(0, map.columns));
  });

  it('writes explainer.onnx with the inputs that are asked for, and the masked model', async () => {
    const inputs = (name: string) =>
      readOnnx(readFileSync(join(folder, name))).inputs.map(({ name }) => name);
    await run('export', 'explainer', target('plain.onnx'));
    assert.deepEqual(inputs('plain.onnx'), ['x']);
    await run('export', 'explainer', target('length.onnx'), 'length');
    assert.deepEqual(inputs('length.onnx'), ['x', 'length']);
    await run('export', 'explainer', target('raw.onnx'), 'raw');
    assert.deepEqual(inputs('raw.onnx'), ['series', 'length']);
    await run('export', 'masked', target('masked.onnx'));
    assert.deepEqual(inputs('masked.onnx'), ['x', 'attribution_padding_mask']);
  });

  it('writes nothing where the method is no one graph, the format unknown, or the place cannot be written', async () => {
    await run('pickMethod', 'occlusion');
    await run('export', 'explainer', target('occlusion.onnx'));
    await run('pickMethod', 'gradcam');
    await run('export', 'gif', target('map.gif'));
    writeFileSync(join(folder, 'file'), 'a file, not a folder');
    await run('export', 'csv', target('file/map.csv'));
    assert.deepEqual(
      ['occlusion.onnx', 'map.gif', 'file/map.csv'].filter((name) => existsSync(join(folder, name))),
      [],
    );
    assert.equal(text('file'), 'a file, not a folder');
  });
});
