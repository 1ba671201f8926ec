import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { librariesOf, nativeKind } from '../workbench/nativeKind.ts';
import { npmFaultsOf } from '../workbench/npmRules.ts';
import { faultsOf, foreignCode, machinePaths } from '../workbench/packageRules.ts';

const bin = join(root, 'node_modules/onnxruntime-node/bin');
const native = (platform: string, name: string) => {
  const [napi] = readdirSync(bin);
  return readFileSync(join(bin, napi!, platform, name));
};
const empty = new Uint8Array(0);

describe('What is looked at in a package', () => {
  it('tells whose native code a file is, whatever it is called', () => {
    const kinds = {
      'linux/x64/onnxruntime_binding.node': 'linux-x64',
      'linux/arm64/onnxruntime_binding.node': 'linux-arm64',
      'darwin/arm64/onnxruntime_binding.node': 'darwin-arm64',
      'win32/x64/onnxruntime_binding.node': 'win32-x64',
      'win32/arm64/onnxruntime_binding.node': 'win32-arm64',
    };
    for (const [path, kind] of Object.entries(kinds)) {
      assert.equal(nativeKind(native('.', path)), kind);
      const hidden = new Map([['media/sample/data/walk.csv', native('.', path)]]);
      assert.deepEqual(foreignCode(hidden, undefined), [
        `native code of ${kind}: media/sample/data/walk.csv`,
      ]);
      assert.ok(npmFaultsOf(hidden, empty).some((fault) => fault.startsWith('native code of ')));
    }
    assert.equal(
      nativeKind(Buffer.from('MZ: a text that begins as a program of Windows does'.repeat(3))),
      undefined,
    );
  });

  it('knows what a program of Windows cannot be loaded without', () => {
    const library = native('win32/x64', 'onnxruntime.dll');
    const needed = librariesOf(library);
    assert.ok(needed.includes('KERNEL32.dll'), `${needed}`);
    // It is loaded when it is asked to compute, which it never is.
    assert.ok(!needed.includes('DirectML.dll'));
    const files = new Map([['onnxruntime_binding.node', native('win32/x64', 'onnxruntime_binding.node')]]);
    assert.deepEqual(foreignCode(files, 'win32-x64'), [
      'onnxruntime_binding.node cannot be loaded without onnxruntime.dll',
    ]);
    assert.deepEqual(foreignCode(files.set('onnxruntime.dll', library), 'win32-x64'), []);
  });

  it('finds folders of the machine, strangers and what is missing', () => {
    const files = new Map([
      ['dist/api.cjs', Buffer.from(`require('${join(root, 'src/api.ts')}')`)],
      ['dist/notes.txt', Buffer.from('x')],
      ['dist/node_modules/onnxruntime-node/package.json', Buffer.from('{}')],
    ]);
    assert.equal(machinePaths(files).length, 1);
    const faults = npmFaultsOf(files, new Uint8Array(9e6));
    for (const fault of [
      'unexpected dist/notes.txt',
      'npm fetches it: dist/node_modules/onnxruntime-node/package.json',
      'missing dist/types/api.d.ts',
      '9.0 MB',
    ]) {
      assert.ok(faults.includes(fault), `${fault} is not among ${faults}`);
    }
    assert.ok(faultsOf(files, empty, undefined).includes('unexpected dist/notes.txt'));
  });
});
