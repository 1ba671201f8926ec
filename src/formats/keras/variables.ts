import type { Config } from './config.ts';
import type { Variable } from './model.ts';

const trained = (...names: string[]): Variable[] => names.map((name) => ({ name, trainable: true }));
const kept = (...names: string[]): Variable[] => names.map((name) => ({ name, trainable: false }));

const withBias =
  (...kernels: string[]) =>
  (config: Config) =>
    trained(...kernels, ...(config.flag('use_bias', true) ? ['bias'] : []));

const scaleAndShift = (config: Config) =>
  trained(...(config.flag('scale', true) ? ['gamma'] : []), ...(config.flag('center', true) ? ['beta'] : []));

/** Weights a layer of this class has of its own, in the order Keras keeps them. */
const VARIABLES: Readonly<Record<string, (config: Config) => readonly Variable[]>> = {
  Dense: withBias('kernel'),
  EinsumDense: withBias('kernel'),
  Conv1D: withBias('kernel'),
  Conv2D: withBias('kernel'),
  Conv1DTranspose: withBias('kernel'),
  Conv2DTranspose: withBias('kernel'),
  DepthwiseConv1D: withBias('kernel'),
  DepthwiseConv2D: withBias('kernel'),
  SeparableConv1D: withBias('depthwise_kernel', 'pointwise_kernel'),
  SeparableConv2D: withBias('depthwise_kernel', 'pointwise_kernel'),
  BatchNormalization: (config) => [...scaleAndShift(config), ...kept('moving_mean', 'moving_variance')],
  LayerNormalization: (config) => [
    ...(config.flag('scale', true) || config.flag('rms_scaling', false) ? trained('gamma') : []),
    ...(config.flag('center', true) && !config.flag('rms_scaling', false) ? trained('beta') : []),
  ],
  RMSNormalization: () => trained('scale'),
  GroupNormalization: scaleAndShift,
  Normalization: (config) => (config.get('mean') === undefined ? kept('mean', 'variance', 'count') : []),
  PReLU: () => trained('alpha'),
  Embedding: () => trained('embeddings'),
  Attention: (config) =>
    trained(
      ...(config.flag('use_scale', false) ? ['scale'] : []),
      ...(config.get('score_mode') === 'concat' ? ['concat_score_weight'] : []),
    ),
  AdditiveAttention: (config) => trained(...(config.flag('use_scale', true) ? ['scale'] : [])),
  RecurrentCell: withBias('kernel', 'recurrent_kernel'),
};

/** @returns none for classes that have no weights */
export function variablesOf(className: string, config: Config): readonly Variable[] {
  return Object.hasOwn(VARIABLES, className) ? VARIABLES[className]!(config) : [];
}
