import { float, int } from '../../../graph/attributes.ts';
import { isObject, type Json } from '../config.ts';
import { LayerContext } from '../layerContext.ts';
import { makeLayer } from '../readTopology.ts';
import { type LayerValue, storedAxis } from '../value.ts';
import { advancedActivations } from './advancedActivations.ts';

/** Writes f(x) and gives the name of the result; the axis of a softmax lies where the tensor has it. */
type Activation = (context: LayerContext, x: string, value: LayerValue) => string;

const unary =
  (op: string): Activation =>
  ({ builder }, x) =>
    builder.add(op, [x]);

/** The activations Keras knows by name. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: (_, x) => x,
  relu: unary('Relu'),
  sigmoid: unary('Sigmoid'),
  tanh: unary('Tanh'),
  softplus: unary('Softplus'),
  softsign: unary('Softsign'),
  exponential: unary('Exp'),
  elu: unary('Elu'),
  selu: unary('Selu'),
  celu: unary('Celu'),
  relu6: ({ builder }, x) => builder.add('Clip', [x, builder.scalar(0), builder.scalar(6)]),
  leaky_relu: ({ builder }, x) => builder.add('LeakyRelu', [x], { alpha: float(0.2) }),
  softmax: (context, x, value) => softmax(context, 'Softmax', x, value, -1),
  log_softmax: (context, x, value) => softmax(context, 'LogSoftmax', x, value, -1),
  silu,
  swish: silu,
  gelu,
  gelu_new: geluByTanh,
  mish: ({ builder }, x) => builder.add('Mul', [x, builder.add('Tanh', [builder.add('Softplus', [x])])]),
  hard_sigmoid: hardSigmoid,
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  hard_tanh: ({ builder }, x) => builder.add('Clip', [x, builder.scalar(-1), builder.scalar(1)]),
  log_sigmoid: ({ builder }, x) => builder.add('Neg', [builder.add('Softplus', [builder.add('Neg', [x])])]),
  tanh_shrink: ({ builder }, x) => builder.add('Sub', [x, builder.add('Tanh', [x])]),
  // (x + √(x² + 4)) / 2
  squareplus: ({ builder }, x) => {
    const root = builder.add('Sqrt', [builder.add('Add', [builder.add('Mul', [x, x]), builder.scalar(4)])]);
    return builder.add('Mul', [builder.add('Add', [x, root]), builder.scalar(0.5)]);
  },
  // 0 up to −1, (x + 1)²/4 between −1 and 1, x from there: ((clip + 1)/2)² + relu(x − 1)
  sparse_plus: ({ builder }, x) => {
    const half = sparseSigmoid(builder, x);
    const above = builder.add('Relu', [builder.add('Sub', [x, builder.scalar(1)])]);
    return builder.add('Add', [builder.add('Mul', [half, half]), above]);
  },
  sparse_sigmoid: ({ builder }, x) => sparseSigmoid(builder, x),
  // x beyond ±½, moved towards 0 by ½
  soft_shrink: ({ builder }, x) =>
    builder.add('Sub', [x, builder.add('Clip', [x, builder.scalar(-0.5), builder.scalar(0.5)])]),
  hard_shrink: ({ builder }, x) =>
    builder.add('Where', [
      builder.add('Greater', [builder.add('Abs', [x]), builder.scalar(0.5)]),
      x,
      builder.scalar(0),
    ]),
};

/** As Keras writes them, e.g. `hard_sigmoid`. */
export const ACTIVATION_NAMES: readonly string[] = Object.keys(ACTIVATIONS);

function sparseSigmoid(builder: LayerContext['builder'], x: string): string {
  const clipped = builder.add('Clip', [x, builder.scalar(-1), builder.scalar(1)]);
  return builder.add('Mul', [builder.add('Add', [clipped, builder.scalar(1)]), builder.scalar(0.5)]);
}

function silu({ builder }: LayerContext, x: string): string {
  return builder.add('Mul', [x, builder.add('Sigmoid', [x])]);
}

/** x Φ(x) with Φ by erf (Hendrycks & Gimpel 2016). */
function gelu({ builder }: LayerContext, x: string): string {
  const erf = builder.add('Erf', [builder.add('Mul', [x, builder.scalar(Math.SQRT1_2)])]);
  const half = builder.add('Mul', [x, builder.scalar(0.5)]);
  return builder.add('Mul', [half, builder.add('Add', [erf, builder.scalar(1)])]);
}

/** Its approximation by tanh: ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
function geluByTanh({ builder }: LayerContext, x: string): string {
  const cube = builder.add('Mul', [builder.add('Mul', [x, x]), x]);
  const sum = builder.add('Add', [x, builder.add('Mul', [cube, builder.scalar(0.044715)])]);
  const tanh = builder.add('Tanh', [builder.add('Mul', [sum, builder.scalar(Math.sqrt(2 / Math.PI))])]);
  const half = builder.add('Mul', [x, builder.scalar(0.5)]);
  return builder.add('Mul', [half, builder.add('Add', [tanh, builder.scalar(1)])]);
}

/** Keras 3: relu6(x + 3)/6; Keras 2 and TensorFlow.js: 0.2 x + 0.5, cut to 0…1. */
function hardSigmoid({ builder, dialect }: LayerContext, x: string): string {
  return builder.add('HardSigmoid', [x], { alpha: float(hardSigmoidSlope(dialect)), beta: float(0.5) });
}

/** Keras 2 has max(0, min(1, 0.2x + 0.5)), Keras 3 relu6(x + 3) / 6. */
export function hardSigmoidSlope(dialect: LayerContext['dialect']): number {
  return dialect === 2 ? 0.2 : 1 / 6;
}

/** Later than Keras 2's own hard sigmoid, so its slope is 1/6 wherever it exists. */
function hardSilu({ builder }: LayerContext, x: string): string {
  return builder.add('Mul', [x, builder.add('HardSigmoid', [x], { alpha: float(1 / 6), beta: float(0.5) })]);
}

/** Along an axis of Keras, wherever it lies in the tensor. */
export function softmax(
  { builder }: LayerContext,
  op: 'Softmax' | 'LogSoftmax',
  x: string,
  value: LayerValue,
  axis: number,
): string {
  const rank = value.dims.length;
  return builder.add(op, [x], { axis: int(storedAxis(value, axis < 0 ? axis + rank : axis)) });
}

/** What `activation` of the layer says, after its own work. */
export function activated(context: LayerContext, value: LayerValue): LayerValue {
  return activate(context, value, context.config.get('activation'));
}

/** @param spec a name, or an activation layer of its own. */
export function activate(context: LayerContext, value: LayerValue, spec: Json | undefined): LayerValue {
  if (spec === undefined || spec === null) return value;
  if (isObject(spec) && isObject(spec.config) && typeof spec.class_name === 'string') {
    const rule = Object.hasOwn(advancedActivations, spec.class_name)
      ? advancedActivations[spec.class_name]
      : undefined;
    const layer = makeLayer(spec.class_name, context.layer.name, spec.config);
    if (rule === undefined || layer.variables.length > 0) return refused(context, spec);
    const inner = new LayerContext(context.builder, layer, context.weights, context.dialect);
    return rule.write(inner, value, { args: [value], kwargs: new Map() }) as LayerValue;
  }
  const name = isObject(spec) && typeof spec.config === 'string' ? spec.config : spec;
  const activation =
    typeof name === 'string' && Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (activation === undefined) return refused(context, spec);
  return { ...value, tensor: activation(context, value.tensor, value) };
}

function refused({ config }: LayerContext, spec: Json): never {
  const shown = isObject(spec) ? (spec.config ?? spec.class_name) : spec;
  return config.refuse(`the activation is ${JSON.stringify(shown ?? null).slice(0, 60)}`);
}
