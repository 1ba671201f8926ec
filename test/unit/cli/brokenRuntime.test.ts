import assert from 'node:assert/strict';
import { join } from 'node:path';
import { main } from '../../../src/cli/main.ts';
import type { RuntimeSummary } from '../../../src/engine/contract.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { isAbsent } from '../../../src/runtime/pick.ts';
import { captured } from './captured.ts';

const tiny = join(import.meta.dirname, '../../fixtures/tiny/tiny.onnx');

describe('a native runtime that does not load', () => {
  it('is absent where Node finds no file, and broken else', () => {
    const failed = (code?: string) => Object.assign(new Error('no'), code && { code });
    assert.deepEqual(
      ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED', undefined].map((code) =>
        isAbsent(failed(code)),
      ),
      [true, true, false, false],
    );
  });

  it('is said once on standard error where it is broken, also where nobody asked for it', async () => {
    const engine = createEngine();
    const said = async (summary: Partial<RuntimeSummary>, ...words: string[]) => {
      const told = { ...engine, runtime: async () => ({ id: 'onnxruntime-web', version: '1', ...summary }) };

      return (await captured(() => main(['layers', tiny, ...words], told as typeof engine))).stderr;
    };
    const note = 'onnxruntime-node does not load here (cut off), so models run with WebAssembly.';
    assert.equal(await said({ note, broken: true }), `${note}\n`);
    assert.equal(await said({ note }), '');
    assert.equal(await said({ note, broken: true }, '--runtime', 'onnxruntime-web'), '');
    await engine.dispose();
  });
});
