import assert from 'node:assert/strict';
import { readOnnx } from '../../../../src/formats/onnx/readOnnx.ts';
import { refusal } from '../../refusal.ts';

/** Tells that a model is refused with `code` in those words, and soon. */
export const refuses = (
  bytes: Uint8Array,
  code: string,
  words: RegExp,
  external?: (location: string) => Uint8Array,
) => {
  const start = performance.now();
  assert.throws(() => readOnnx(bytes, external), refusal(code, words));
  assert.ok(performance.now() - start < 2000, 'slow');
};
