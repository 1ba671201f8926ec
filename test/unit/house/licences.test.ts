import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, scratchFolder } from '../../workbench/folders.ts';

const script = join(root, 'licenses.mjs');
const { licenses } = (await import(script)) as { licenses: (folders: Iterable<string>) => Promise<string> };
const installed = (name: string) => join(root, 'node_modules', name);

describe('Licences that are passed on', () => {
  it('are there with their text also where a package leaves it out, under its own copyright line', async () => {
    const expected = [
      ['@resvg/resvg-wasm', /\(c\) 2021-present, yisibl/, /Mozilla Public License Version 2\.0.*Exhibit B/],
      ['@tensorflow/tfjs-backend-cpu', /Google LLC/, /Apache License.*END OF TERMS/],
      ['onnxruntime-web', /\(c\) Microsoft Corporation/, /Permission is hereby granted.*OR OTHER/],
      ['seedrandom', /2019 David Bau/, /Permission is hereby granted.*OR OTHER/],
      ['hyparquet', /The MIT License/, /Permission is hereby granted.*OR OTHER/],
    ] as const;
    const parts = (await licenses(expected.map(([name]) => installed(name)))).split('-'.repeat(80)).slice(1);
    for (const [name, owner, text] of expected) {
      const part = parts.find((each) => each.startsWith(`\n${name} `)) ?? '';
      assert.match(part, owner);
      assert.match(part.replace(/\s+/g, ' '), text);
      assert.equal(/blob\/v[\d.]+\/ThirdPartyNotices\.txt/.test(part), name === 'onnxruntime-web');
    }
  });

  it('name the code of others that WebAssembly files are built of', async () => {
    const names = ['@resvg/resvg-wasm', '@tensorflow/tfjs-backend-wasm'];
    const text = await licenses(names.map(installed));
    for (const inside of [
      /tiny-skia \d+\.\d+/,
      /rustybuzz \d+\.\d+/,
      /XNNPACK \(BSD-3-Clause\)/,
      /cpuinfo \(BSD-2/,
    ])
      assert.match(text, inside);
  });

  it('end the build where a package has none', async () => {
    await using folder = await scratchFolder('licences');
    const made = async (name: string, license: string, readme: string) => {
      const path = join(folder.path, name);
      await mkdir(path);
      await writeFile(join(path, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
      await writeFile(join(path, 'README.md'), readme);
      return path;
    };
    const unknown = await made('unknown', 'Own-1.0', 'Copyright 2020 A');
    await assert.rejects(
      licenses([unknown]),
      /unknown holds no text of its licence, and licenses\/ holds none/,
    );
    await assert.rejects(licenses([await made('nobody', 'MIT', '')]), /nobody .* no copyright line/);
  });
});
