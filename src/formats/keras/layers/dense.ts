import type { LayerContext } from '../layerContext.ts';
import type { LayerRules } from '../layerRule.ts';
import { type LayerValue, value } from '../value.ts';
import { activate, activated } from './activations.ts';
import { elementwise } from './advancedActivations.ts';
import { bias } from './conv.ts';

/** x·W + b over the last axis: Gemm for [N, C], else MatMul, so that time stays an axis of its own. */
function dense(context: LayerContext, input: LayerValue): LayerValue {
  const { builder, config } = context;
  const units = config.count('units', undefined, 1);
  const features = context.known(input, -1);
  const kernel = context.constant([features, units], context.weight('kernel', [features, units]), 'kernel');
  const x = context.keras(input);
  const shift = bias(context, units);
  const dims = [...input.dims.slice(0, -1), units];
  if (input.dims.length === 2) {
    return activated(context, value(builder.add('Gemm', [x, kernel, ...shift]), dims));
  }
  const product = builder.add('MatMul', [x, kernel]);
  const sum = shift.length > 0 ? builder.add('Add', [product, ...shift]) : product;
  return activated(context, value(sum, dims));
}

const identity = elementwise((_, x) => x);

/** Dense, Activation and what changes nothing at inference. */
export const denseRules: LayerRules = {
  Dense: { mask: 'keeps', elementwise: true, write: dense },
  Activation: {
    mask: 'keeps',
    elementwise: true,
    write: (context, input) => activate(context, input, context.config.get('activation')),
  },
  Identity: identity,
  Dropout: identity,
  AlphaDropout: identity,
  GaussianDropout: identity,
  GaussianNoise: identity,
  SpatialDropout1D: identity,
  SpatialDropout2D: identity,
  ActivityRegularization: identity,
};
