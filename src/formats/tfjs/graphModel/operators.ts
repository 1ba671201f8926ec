import { Refusal } from '../../../refusal.ts';
import type { LowerRules } from './lower.ts';
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
export const RULES: LowerRules = {
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

const CONTROL =
  /^(While|StatelessWhile|If|StatelessIf|Case|Switch|Merge|Enter|Exit|NextIteration|LoopCond|TensorList.*|EmptyTensorList|TensorArray.*|PartitionedCall|StatefulPartitionedCall)$/;

/** Why a node cannot be taken over, in one sentence that names it. */
export function notSupported(node: NodeDef): Refusal {
  const title = titleOf(node);
  if (CONTROL.test(node.op)) {
    return new Refusal(
      'unsupported-operator',
      `${title} is control flow, as recurrent layers (LSTM, GRU) become in a TensorFlow graph; ` +
        'convert the Keras model to a layers model (tensorflowjs_converter --output_format=tfjs_layers_model) or to ONNX.',
    );
  }
  return new Refusal('unsupported-operator', `${title} is not supported; export the model to ONNX.`);
}

export function isSupported(op: string): boolean {
  return Object.hasOwn(RULES, op);
}

export function supportedOperators(): string[] {
  return Object.keys(RULES);
}
