import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RuntimeId } from '../graph/runtime.ts';
import type { Allowance } from './guard.ts';

/** A person may allow more seconds: the command line's --timeout, the editor's attribution.timeout beyond its default. */
export const OPENING_SECONDS_VARIABLE = 'ATTRIBUTION_OPENING_SECONDS';

/** Time-series classifiers are read and tried in a tenth of this, on one slow core. */
const SECONDS = 3.5;
const SECONDS_PER_MB = 2;
const BYTES = 700 * 2 ** 20;
const BYTES_PER_BYTE = 10;
/** WebAssembly and TensorFlow.js take longer for the same. */
const SLOWER = 4;

/** What opening a model may take, by its size: a small one that takes more is not what it seems. */
export function allowedToOpen(bytes: number, runtime: RuntimeId = 'onnxruntime-node'): Allowance {
  const asked = Number(process.env[OPENING_SECONDS_VARIABLE] ?? 0);
  const slower = runtime === 'onnxruntime-node' ? 1 : SLOWER;
  return {
    bytes: BYTES + BYTES_PER_BYTE * bytes,
    seconds: Math.max(asked, slower * (SECONDS + (SECONDS_PER_MB * bytes) / 2 ** 20)),
  };
}

/** Of a model's file and of those that may hold its weights: before it is read, any file beside it may. */
export function bytesAround(path: string): number {
  const folder = dirname(path);
  try {
    const names = readdirSync(folder).filter((name) =>
      /\.(onnx|data|bin|weights|pb|keras|h5|hdf5|json|pt2?)$/i.test(name),
    );
    return names.reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch {
    return 0;
  }
}
