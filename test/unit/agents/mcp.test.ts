import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { type CallToolResult, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { writeNpy, writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { weights } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { sample, served } from './served.ts';

const model = 'models/xcm.onnx';
const data = 'data/test.csv';

async function call(client: Client, name: string, args: Record<string, unknown>) {
  const { content, isError = false } = (await client.callTool({
    name: `attribution_${name}`,
    arguments: args,
  })) as CallToolResult;
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const image = content.find((part) => part.type === 'image');
  return {
    isError,
    text: texts[0]!,
    numbers: texts[1] === undefined ? undefined : JSON.parse(texts[1]),
    image,
  };
}

describe('attribution-lens mcp', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-agents-'));
  const inside = join(folder, 'inside');
  let client: Client;
  let hostile: Client;

  before(async () => {
    mkdirSync(inside);
    writeFileSync(join(folder, 'secret.csv'), 'a,b\n1,2\n');
    copyFileSync(join(sample, model), join(folder, 'secret.onnx'));
    copyFileSync(join(sample, model), join(inside, 'xcm.onnx'));
    symlinkSync(join(folder, 'secret.csv'), join(inside, 'link.csv'));
    symlinkSync(folder, join(inside, 'up'));
    copyFileSync(join(sample, data), join(inside, 'test.csv'));
    for (const name of ['one.onnx', 'data.npz'])
      copyFileSync(new URL(`../../fixtures/regression/${name}`, import.meta.url), join(inside, name));
    const x = {
      dtype: 'float64',
      dims: [2, 3, 24],
      data: Float64Array.from({ length: 144 }, (_, i) => Math.sin(i)),
    } as const;
    writeFileSync(join(inside, 'bare.npz'), writeNpz({ x }));
    writeFileSync(join(inside, 'X_test.npy'), writeNpy(x));
    writeFileSync(join(folder, 'secret.npy'), writeNpy(['secret', 'secret']));
    symlinkSync(join(folder, 'secret.npy'), join(inside, 'y_test.npy'));
    client = await served(['--root', sample], sample);
    hostile = await served([], inside);
  });
  after(async () => {
    await client?.close();
    await hostile?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists its tools, all of which only read', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['layers', 'explain', 'audit', 'evaluate', 'dataset', 'repair'].map((name) => `attribution_${name}`),
    );
    for (const tool of tools) {
      assert.equal(tool.annotations?.readOnlyHint, true);
      assert.equal(tool.inputSchema.additionalProperties, false);
      assert.match(tool.description ?? '', /data, never instructions/);
    }
  });

  it('explains an instance with sentences, numbers and a picture', async () => {
    const { isError, text, numbers, image } = await call(client, 'explain', { model, data, case: '7' });
    assert.equal(isError, false, text);
    assert.match(text, /Grad-CAM of .* for /);
    assert.equal(numbers.case.index, 7);
    assert.equal(numbers.classes.length, 3);
    const sum = numbers.classes.reduce(
      (all: number, one: { probability: number }) => all + one.probability,
      0,
    );
    assert.ok(Math.abs(sum - 1) < 1e-4);
    assert.ok(image?.type === 'image');
    assert.equal(Buffer.from(image.data, 'base64').subarray(1, 4).toString(), 'PNG');
  });

  it('lists layers, audits with intervals and answers two calls at once', async () => {
    const [layers, audit] = await Promise.all([
      call(client, 'layers', { model }),
      call(client, 'audit', { model: 'models/xcm_wide.onnx', data, seed: 1 }),
    ]);
    assert.ok(Object.keys(layers.numbers.layers).length > 3);
    assert.deepEqual(layers.numbers.classes, ['walk', 'run', 'stairs']);
    assert.equal(audit.isError, false, audit.text);
    assert.match(audit.text, /Padding's look: FRAGILE/);
    const { mean, interval } = audit.numbers.length_evidence.content_swapped.LEI;
    assert.ok(interval[0] <= mean && mean <= interval[1]);
  });

  it('takes the model from attribution.json, and the folders from the client where none are given', async () => {
    const offering = new Client({ name: 'test', version: '1' }, { capabilities: { roots: {} } });
    offering.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: [{ uri: pathToFileURL(sample).href }],
    }));
    const other = await served([], folder, offering);
    const { isError, text } = await call(other, 'explain', { data, picture: false });
    await other.close();
    assert.equal(isError, false, text);
  });

  it('is not started on a folder that is none', async () => {
    await assert.rejects(served(['--root', join(folder, 'nowhere')], folder));
    await assert.rejects(served(['--root', join(folder, 'secret.csv')], folder));
  });

  it('reads nothing for a client that offers no folder, or none that is one', async () => {
    for (const roots of [[], [{ uri: 'http://127.0.0.1/data' }]]) {
      const none = new Client({ name: 'test', version: '1' }, { capabilities: { roots: {} } });
      none.setRequestHandler(ListRootsRequestSchema, () => ({ roots }));
      const other = await served([], sample, none);
      const { isError, text } = await call(other, 'layers', { model });
      await other.close();
      assert.ok(isError);
      assert.match(text, /^No folder may be read/);
    }
  });

  const outside: readonly (readonly [string, Record<string, unknown>])[] = [
    ['..', { data: '../secret.csv', model: 'xcm.onnx' }],
    ['an absolute path', { data: '/etc/passwd', model: 'xcm.onnx' }],
    ['what is not there outside', { data: '../none.csv', model: 'xcm.onnx' }],
    ['a link to a file', { data: 'link.csv', model: 'xcm.onnx' }],
    ['a link to a folder', { data: 'up/secret.csv', model: 'xcm.onnx' }],
    ['what is not there behind a link', { data: 'up/none.csv', model: 'xcm.onnx' }],
    ['a model outside', { data: 'test.csv', model: '../secret.onnx' }],
    ['a pattern', { data: '../*.csv', model: 'xcm.onnx' }],
    ['a pattern behind a link', { data: 'up/*.csv', model: 'xcm.onnx' }],
    ['a configuration outside', { data: 'test.csv', model: 'xcm.onnx', config: '../attribution.json' }],
  ];
  for (const [what, args] of outside) {
    it(`reads nothing outside its folders: ${what}`, async () => {
      const { isError, text } = await call(hostile, 'explain', args);
      assert.ok(isError);
      assert.match(text, /is outside the folders that may be read/);
    });
  }

  it('follows no link out of its folders that is labels by its name', async () => {
    for (const data of ['X_test.npy', 'X_*.npy']) {
      const { isError, text } = await call(hostile, 'explain', { data, model: 'xcm.onnx' });
      assert.ok(isError);
      assert.match(
        text,
        /y_test\.npy, which belongs to X_test\.npy by its name, is a link out of its folder/,
      );
    }
  });

  it('takes a pattern, and a position as a number', async () => {
    const args = { model, data: 'data/walk_*.csv', case: 1, picture: false };
    const { isError, text, numbers } = await call(client, 'explain', args);
    assert.equal(isError, false, text);
    assert.deepEqual([numbers.case.index, numbers.case.of], [1, 3]);
  });

  it('speaks of an output that is a number without classes', async () => {
    const { text: layers, numbers: named } = await call(hostile, 'layers', { model: 'one.onnx' });
    assert.match(layers, /1 output, a number or the logit/);
    assert.deepEqual([named.outputs, named.classes], [['output'], undefined]);
    const args = { data: 'data.npz', model: 'one.onnx', picture: false };
    const { isError, text, numbers } = await call(hostile, 'explain', args);
    assert.equal(isError, false, text);
    assert.match(text, /predicted −0\.2719 · measured −1\.196 \(off by 0\.9246\)/);
    assert.equal(numbers.task, 'regression');
    assert.equal(numbers.outputs_in_all, 1);
    assert.ok(!('classes' in numbers));
  });

  it('takes what an output stands for as an argument where nothing tells, and asks for it by that name', async () => {
    const args = { data: 'bare.npz', model: 'one.onnx', picture: false };
    const { isError, text } = await call(hostile, 'explain', args);
    assert.ok(isError);
    assert.match(text, /; give "task": "classification" or "regression", whichever its author meant\.$/);
    const told = { ...args, task: 'regression' };
    const { text: answer, numbers } = await call(hostile, 'explain', told);
    assert.equal(numbers?.task, 'regression', answer);
  });

  it('takes what a refusal asks for as settings', async () => {
    const flat = graphOf(['N', 3, 9], (b) => b.add('MatMul', [b.add('Flatten', ['x']), weights(b, [27, 2])]));
    writeFileSync(join(inside, 'flat.onnx'), writeOnnx(flat));
    const asked = await call(hostile, 'layers', { model: 'flat.onnx' });
    assert.ok(asked.isError);
    const [, setting] = /--set (input=\w+)/.exec(asked.text) ?? assert.fail(asked.text);
    const { numbers, text } = await call(hostile, 'layers', { model: 'flat.onnx', set: [setting] });
    assert.deepEqual([numbers?.layout, numbers?.features, numbers?.steps], ['NFT', 3, 9], text);
  });

  it('needs the model of an attribution.json only where it is asked about, and says whose it is', async () => {
    mkdirSync(join(inside, 'moved'));
    writeFileSync(join(inside, 'moved/attribution.json'), '{ "model": "models/xcm.onnx" }');
    copyFileSync(join(sample, data), join(inside, 'moved/test.csv'));
    const asked = { data: 'moved/test.csv' };
    const other = await call(hostile, 'explain', { ...asked, model: 'xcm.onnx' });
    assert.equal(other.isError, false, other.text);
    const own = await call(hostile, 'explain', asked);
    assert.match(own.text, /The model xcm\.onnx that attribution\.json names does not exist/);
  });

  it('follows no attribution.json out of its folders', async () => {
    const standardize = [{ standardize: { from: 'link.csv' } }];
    const config = join(inside, 'leads.json');
    writeFileSync(config, JSON.stringify({ preprocess: standardize }));
    const { isError, text } = await call(hostile, 'explain', { data: 'test.csv', model: 'xcm.onnx', config });
    assert.ok(isError);
    assert.match(text, /link\.csv is outside/);
  });

  const wrong: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['NUL', { data: 'a\0.csv' }, /"data" is text without NUL/],
    ['a huge path', { data: 'a'.repeat(1e6) }, /4096 letters/],
    ['a wrong type', { data: 5 }, /"data" is text/],
    ['nothing', {}, /"data" is missing/],
    ['a stranger', { data, 'x\u202e': 1 }, /no argument "x\\u202e"/],
    ['an unknown method', { data, method: 'guess' }, /"method" is one of gradcam/],
    ['an unknown layer', { data, model, layer: 'no\u001b[31mlayer' }, /no.*layer/],
    ['a long layer', { data, model, layer: 'l'.repeat(3000) }, /no layer or tensor "l{199}…"/],
    [
      'a setting with a path',
      { data, model, set: ['preprocess={"script":"/x.py"}'] },
      /"set" takes NAME=VALUE/,
    ],
    ['a group of settings', { data, model, set: ['data={"files":"/x"}'] }, /"set" takes .*"data=/],
    ['settings that are no list', { data, model, set: 'input=NTF' }, /"set" is a list of 20 texts at most/],
    ['an unknown case', { data, model, case: '\u202ex' }, /There is no case/],
    ['a prototype', { data, constructor: 'x' }, /no argument "constructor"/],
  ];
  for (const [what, args, sentence] of wrong) {
    it(`refuses ${what} in one sentence`, async () => {
      const { isError, text } = await call(client, 'explain', args);
      assert.ok(isError);
      assert.match(text, sentence);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may get out
      assert.doesNotMatch(text, /[\u0000-\u0009\u001b\u202e]|\n/);
      assert.ok(text.length < 1500);
    });
  }

  it('refuses a tool that is not there', async () => {
    await assert.rejects(client.callTool({ name: 'attribution_mend', arguments: {} }), /no such tool/);
  });

  it('reports progress, and ends a call that is cancelled; the next one is answered', async () => {
    const cancel = new AbortController();
    const shares: number[] = [];
    const args = { model, data };
    const long = client.callTool({ name: 'attribution_evaluate', arguments: args }, undefined, {
      signal: cancel.signal,
      onprogress: ({ progress }) => {
        shares.push(progress);
        if (shares.length === 2) cancel.abort('enough');
      },
    });
    await assert.rejects(long);
    assert.ok(shares[1]! > shares[0]!);
    assert.equal((await call(client, 'layers', { model })).isError, false);
  });
});
