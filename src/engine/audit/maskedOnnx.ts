import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import type { Classifier } from '../../graph/classifier.ts';
import { maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { passedOver } from '../../graph/masking/passedOver.ts';
import { Refusal } from '../../refusal.ts';

/** A masked model as a file. */
export interface MaskedFile {
  readonly bytes: Uint8Array;
  /** Layers no mask could be laid over. */
  readonly notMasked: readonly string[];
}

/**
 * The masked model as an ONNX file: the model's own outputs, the mask as second input.
 * @throws Refusal `cannot-mask`
 */
export function maskedOnnx({ graph, tracks, input }: Classifier): MaskedFile {
  if (input.steps === null) {
    throw new Refusal(
      'cannot-mask',
      'The model takes any number of steps, so series need no padding: give it the real steps alone instead of a mask.',
    );
  }
  const masked = maskedGraph(graph, tracks, { name: input.name, steps: input.steps });
  const notMasked = passedOver(graph, tracks, input);
  const metadata = new Map([...(masked.metadata ?? []), ...notMaskedMetadata(notMasked)]);
  return { bytes: writeOnnx(masked, metadata), notMasked };
}

/** What the file says of layers that are not masked. */
export function notMaskedMetadata(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.length > 0 ? [['attribution.not_masked', JSON.stringify(names)]] : []);
}
