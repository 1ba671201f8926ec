import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import type { Classifier } from '../../graph/classifier.ts';
import { maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { Refusal } from '../../refusal.ts';

/**
 * The masked model as an ONNX file: the model's own outputs, the mask as second input.
 * @throws Refusal `cannot-mask`
 */
export function maskedOnnx({ graph, tracks, input }: Classifier): Uint8Array {
  if (input.steps === null) {
    throw new Refusal(
      'cannot-mask',
      'The model takes any number of steps, so series need no padding: give it the real steps alone instead of a mask.',
    );
  }
  return writeOnnx(maskedGraph(graph, tracks, { name: input.name, steps: input.steps }));
}
