import assert from 'node:assert/strict';
import * as native from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { elementCount } from '../../../src/graph/tensor.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

/** The packages as anybody uses them, without anything of ours between. */
export const RUNTIMES = { node: native, wasm: web } as const;
export type RuntimeName = keyof typeof RUNTIMES;

export interface Feed {
  readonly type: 'float32' | 'float64' | 'int64';
  readonly dims: readonly number[];
  readonly values: readonly number[] | Float32Array;
}

export type Answers = Readonly<
  Record<string, { readonly dims: readonly number[]; readonly values: number[] }>
>;

export interface Explainer {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  run(feeds: Readonly<Record<string, Feed>>): Promise<Answers>;
  release(): Promise<void>;
}

export async function openExplainer(bytes: Uint8Array, runtime: RuntimeName = 'node'): Promise<Explainer> {
  const ort = RUNTIMES[runtime] as typeof native;
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: [runtime === 'node' ? 'cpu' : 'wasm'],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, { type, dims, values }]) => {
        const data =
          type === 'int64'
            ? BigInt64Array.from([...values], BigInt)
            : type === 'float64'
              ? Float64Array.from(values)
              : Float32Array.from(values);
        return [name, new ort.Tensor(type, data as Float32Array, dims)] as const;
      });
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(
        Object.entries(results).map(([name, { dims, data }]) => [
          name,
          { dims, values: Array.from(data as ArrayLike<number | bigint>, Number) },
        ]),
      );
    },
    release: () => session.release(),
  };
}

/** Rows of one instance in an answer. */
export function rowOf(answers: Answers, name: string, n: number): number[] {
  const { dims, values } = answers[name] ?? assert.fail(`there is no output ${name}`);
  const width = elementCount(dims.slice(1));
  return values.slice(n * width, (n + 1) * width);
}

/** An answer of the graph is what the extension shows. */
export function sameAs(answers: Answers, n: number, explanation: Explanation, what: string): void {
  const near = (name: string, wanted: ArrayLike<number>, by = 1e-5) => {
    const apart = relativeDifference(rowOf(answers, name, n), wanted);
    assert.ok(apart <= by, `${what}: ${name} of instance ${n} is ${apart} apart`);
  };
  const { prediction, target, map, zones, shares } = explanation;
  near('logits', prediction.logits);
  near('probabilities', prediction.probabilities!);
  near('map', map.values);
  assert.deepEqual(rowOf(answers, 'predicted', n), [prediction.predicted], what);
  assert.deepEqual(rowOf(answers, 'explained', n), [target.index], what);
  if (!answers.zones) return;
  const columns = zones.flatMap(({ zone, from, to }) =>
    Array<number>(to - from).fill(['REAL', 'MIXED', 'EMPTY'].indexOf(zone)),
  );
  assert.deepEqual(rowOf(answers, 'zones', n), columns, what);
  near('shares', [shares.REAL.map, shares.MIXED.map, shares.EMPTY.map]);
}
