import assert from 'node:assert/strict';
import { readTfjs } from '../../../../src/formats/tfjs/readTfjs.ts';
import { refusal } from '../../refusal.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Node = { name: string; op: string; input?: string[]; attr?: { [key: string]: Json } };

export const encoded = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
export const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
export const placeholder = (...sizes: number[]): Node => ({
  name: 'x',
  op: 'Placeholder',
  attr: {
    dtype: { type: 'DT_FLOAT' },
    shape: { shape: { dim: sizes.map((size) => ({ size: String(size) })) } },
  },
});

/** x [-1, 2] + w [2]. */
export function sum(change: { nodes?: Node[]; weights?: unknown; paths?: unknown; more?: object } = {}) {
  return {
    format: 'graph-model',
    modelTopology: {
      node: change.nodes ?? [
        placeholder(-1, 2),
        { name: 'w', op: 'Const' },
        { name: 'y', op: 'AddV2', input: ['x', 'w'] },
      ],
    },
    weightsManifest: [
      {
        paths: change.paths ?? ['w.bin'],
        weights: change.weights ?? [{ name: 'w', shape: [2], dtype: 'float32' }],
      },
    ],
    ...change.more,
  };
}

export const read = (json: unknown, shard: Uint8Array = floats(1, 2)) => readTfjs(encoded(json), () => shard);
/** Tells that a model is refused. */
export const refused = (json: unknown, code: string, words: RegExp, shard?: Uint8Array) =>
  assert.throws(() => read(json, shard), refusal(code, words));
