import { listed } from '../format.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { appendGradients } from '../graph/gradient/appendGradient.ts';
import type { Graph, ValueInfo } from '../graph/graph.ts';
import type { OutputKind } from '../graph/outputKind.ts';
import { parametersAsInputs } from '../graph/parameters.ts';
import type { Track } from '../graph/receptive/track.ts';
import type { Shapes } from '../graph/shapes.ts';
import { Refusal } from '../refusal.ts';
import { type BatchStatistics, withBatchStatistics } from './batchStatistics.ts';
import { type Dropped, withDropout } from './dropout.ts';
import { findParameters } from './parameters.ts';
import { silentBiases } from './silentBiases.ts';

/** A classifier as training needs it; the masked one has its mask as an input. */
export interface TrainableModel {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly tracks: ReadonlyMap<string, Track>;
  /** Tensor [N, C]. */
  readonly logits: string;
  readonly outputIs: OutputKind;
  /** Steps T of the input where the graph has the padding mask as an input. */
  readonly maskedSteps?: number;
}

/** Input: what each instance should answer, [N, C], weighted and summing to 1 over the batch (see targets.ts). */
export const TARGETS = 'training_targets';
/** Output: the cross-entropy, a scalar. */
export const LOSS = 'training_loss';

/** Loss, logits and gradients of a network, in one run. */
export interface TrainingGraph {
  /**
   * Inputs: the model's own, TARGETS, every parameter by its name, and the masks of dropouts. Outputs: LOSS, the logits, the gradient of each
   * parameter, and the statistics of the batch.
   */
  readonly graph: Graph;
  readonly parameters: readonly string[];
  /** Weights that stay as they are. */
  readonly unreached: readonly string[];
  /** Name of each parameter's gradient, in the same order; undefined where it is 0 whatever the batch. */
  readonly gradients: readonly (string | undefined)[];
  readonly statistics: readonly BatchStatistics[];
  readonly logits: string;
  /** Empty where dropout is off. */
  readonly dropouts: readonly Dropped[];
}

interface TrainingGraphOptions {
  /** Statistics of batch norms stay as they are, as in inference. */
  readonly frozen?: boolean;
  /** Dropouts drop; they pass everything unless told so. */
  readonly dropout?: boolean;
}

/**
 * Logits → cross-entropy → gradients of the parameters, in one graph: ONE run is one step of training.
 * @throws Refusal `nothing-to-train` where no parameter can be reached, `unsupported-operator` for an operator on the
 * way that the gradient cannot pass
 */
export function trainingGraph(
  model: TrainableModel,
  { frozen = false, dropout = false }: TrainingGraphOptions = {},
): TrainingGraph {
  const { weights, batchNorms, unreached } = findParameters(model.graph, model.logits);
  if (weights.length === 0) {
    throw new Refusal(
      'nothing-to-train',
      unreached.length > 0
        ? `${unreachedSentence(unreached)} Nothing is left that can be trained.`
        : 'The model has no weights that training could reach: none of its operators reads an initialiser as a kernel, a matrix or a bias.',
    );
  }
  const normed = withBatchStatistics(model.graph, frozen ? [] : batchNorms, { ...model, weights });
  const { statistics, own } = normed;
  const { graph, shapes, dropouts } = dropout
    ? withDropout(normed.graph, model.shapes, model.logits)
    : { graph: normed.graph, shapes: model.shapes, dropouts: [] };
  const builder = new GraphBuilder(parametersAsInputs(graph, weights), 'training');
  const classes = model.shapes.dims(model.logits)![1]!;
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const targets = builder.input({ name: TARGETS, dtype: 'float32', dims: [rows, classes] });
  const { loss, gradient } = crossEntropy(builder, model.logits, targets, model.outputIs);
  const silent = silentBiases(graph, statistics, own);
  const loud = weights.filter((name) => !silent.has(name));
  const gradients = gradientsAt(builder, {
    shapes,
    from: { tensor: model.logits, gradient },
    at: loud,
    inTraining: new Map(statistics.map((one) => [one.output, one])),
  });
  const made = [
    ...gradients,
    ...new Set(statistics.flatMap((one) => [one.batchMean, one.batchVariance, one.count])),
  ];
  const outputs = [builder.rename(loss, LOSS), model.logits, ...made].map(
    (name): ValueInfo => ({ name, dtype: 'float32', dims: [] }),
  );
  return {
    graph: builder.build(outputs),
    parameters: weights,
    unreached,
    gradients: weights.map((name) => gradients[loud.indexOf(name)]),
    statistics,
    logits: model.logits,
    dropouts,
  };
}

/** What is said of weights that no training changes. */
export function unreachedSentence(names: readonly string[]): string {
  return `${listed(names, 12)} ${names.length === 1 ? 'lies' : 'lie'} behind an operator whose derivative is 0 everywhere (rounding, a sign, a comparison, a cast to whole numbers), so training leaves ${names.length === 1 ? 'it' : 'them'} as ${names.length === 1 ? 'it is' : 'they are'}.`;
}

/** @throws Refusal as appendGradients, in words about weights: another layer to explain is no help here */
function gradientsAt(...asked: Parameters<typeof appendGradients>): ReturnType<typeof appendGradients> {
  try {
    return appendGradients(...asked);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [what] = error.message.split(/ (?=Choose another layer|The prediction and maps)/);
    throw new Refusal(error.code, `${what} So not all of the model's weights can be trained.`);
  }
}

/**
 * L = −Σ q·log p and dL/dz: of a softmax p·Σ_c q − q; of one sigmoid, whose logits are [−z, z] with p = σ, q·(p − 1).
 */
function crossEntropy(builder: GraphBuilder, logits: string, targets: string, outputIs: OutputKind) {
  if (outputIs === 'probabilities') return ofProbabilities(builder, logits, targets);
  const isSigmoid = outputIs === 'sigmoid';
  const p = isSigmoid
    ? builder.add('Sigmoid', [logits])
    : builder.add('Softmax', [logits], { axis: { kind: 'int', value: 1 } });
  const logP = isSigmoid
    ? builder.add('Neg', [builder.add('Softplus', [builder.add('Neg', [logits])])])
    : builder.add('LogSoftmax', [logits], { axis: { kind: 'int', value: 1 } });
  const loss = builder.add('Neg', [
    builder.reduce('ReduceSum', builder.add('Mul', [targets, logP]), [0, 1], false),
  ]);
  const gradient = isSigmoid
    ? builder.add('Mul', [targets, builder.add('Sub', [p, builder.scalar(1)])])
    : builder.add('Sub', [builder.add('Mul', [p, builder.reduce('ReduceSum', targets, [1], true)]), targets]);
  return { loss, gradient };
}

/** L = −Σ q·log p of shares p that stand for themselves, and dL/dp = −q/p; below 10⁻⁷ p counts as that. */
function ofProbabilities(builder: GraphBuilder, shares: string, targets: string) {
  const p = builder.add('Max', [shares, builder.scalar(1e-7)]);
  const weighed = builder.add('Mul', [targets, builder.add('Log', [p])]);
  const loss = builder.add('Neg', [builder.reduce('ReduceSum', weighed, [0, 1], false)]);
  return { loss, gradient: builder.add('Neg', [builder.add('Div', [targets, p])]) };
}
