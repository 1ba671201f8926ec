import { Refusal } from '../../../refusal.ts';
import type { NodeRules } from './lower.ts';
import { titleOf } from './nodeAttributes.ts';
import type { NodeDef } from './nodeDef.ts';
import { batchRules } from './operators/batches.ts';
import { convolutionRules } from './operators/convolution.ts';
import { creationRules } from './operators/creation.ts';
import { elementwiseRules } from './operators/elementwise.ts';
import { joiningRules } from './operators/joining.ts';
import { matrixRules } from './operators/matrix.ts';
import { normalisationRules } from './operators/normalisation.ts';
import { poolingRules } from './operators/pooling.ts';
import { reductionRules } from './operators/reductions.ts';
import { reshapingRules } from './operators/reshaping.ts';
import { resizingRules } from './operators/resizing.ts';
import { slicingRules } from './operators/slicing.ts';

/** What a TensorFlow operator becomes. */
export const RULES: NodeRules = {
  ...batchRules,
  ...convolutionRules,
  ...creationRules,
  ...elementwiseRules,
  ...joiningRules,
  ...matrixRules,
  ...normalisationRules,
  ...poolingRules,
  ...reductionRules,
  ...reshapingRules,
  ...resizingRules,
  ...slicingRules,
  Identity: ({ inputs }) => inputs,
  IdentityN: ({ inputs }) => inputs,
  Snapshot: ({ inputs }) => inputs,
  StopGradient: ({ inputs }) => inputs,
};

/** In one sentence that names the node. */
export function notSupported(node: NodeDef): Refusal {
  return new Refusal('unsupported-operator', `${titleOf(node)} is not supported; export the model to ONNX.`);
}

/** By TensorFlow's name. */
export function isSupported(op: string): boolean {
  return Object.hasOwn(RULES, op);
}

/** TensorFlow's names, as docs/formats.md lists them. */
export function supportedOperators(): string[] {
  return Object.keys(RULES);
}
