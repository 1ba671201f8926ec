import { readOnnx } from '../formats/onnx/readOnnx.ts';

/** Names of what an explainer that was written takes. */
export function explainerInputs(explainer: Uint8Array): ReadonlySet<string> {
  return new Set(readOnnx(explainer).inputs.map(({ name }) => name));
}
