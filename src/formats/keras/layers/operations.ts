import { int } from '../../../graph/attributes.ts';
import { elementCount, tensor } from '../../../graph/tensor.ts';
import { isObject, type Json } from '../config.ts';
import { flatten, isValue, settingOf } from '../given.ts';
import type { Given, LayerCall, LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type Value, value } from '../value.ts';
import { activate, softmax } from './activations.ts';
import { broadcastDims } from './merging.ts';
import { anyOver, reshaped } from './shape.ts';
import { sliced } from './slicing.ts';

/** What an operation is asked for besides its tensors: in its configuration (Keras 3) or in its call (Keras 2). */
type Setting = (name: string) => Json | undefined;

/** One operation; its first tensors lie in the order of Keras. */
type Write = (context: LayerContext, operands: readonly Value[], setting: Setting) => Value;

function elementwise(op: string, dtype: Value['dtype'] = 'float32', count = 2): Write {
  return (context, operands) => {
    if (operands.length !== count) context.config.refuse(`it takes ${operands.length} inputs, not ${count}`);
    const dims = broadcastDims(
      context,
      operands.map((one) => one.dims),
    );
    return value(
      context.builder.add(
        op,
        operands.map(({ tensor }) => tensor),
      ),
      dims,
      { dtype },
    );
  };
}

const unary =
  (op: string): Write =>
  ({ builder }, [x]) => ({ ...x!, tensor: builder.add(op, [x!.tensor]) });

const activation =
  (name: string): Write =>
  (context, [x]) =>
    activate(context, x!, name);

const not =
  (write: Write): Write =>
  (context, operands, setting) => {
    const made = write(context, operands, setting);
    return { ...made, tensor: context.builder.add('Not', [made.tensor]) };
  };

function axesOf({ config }: LayerContext, { dims }: Value, setting: Setting): number[] {
  const given = setting('axis');
  const list = given === undefined || given === null ? dims.map((_, axis) => axis) : [given].flat();
  return list.map((axis) => {
    const at = typeof axis === 'number' && axis < 0 ? axis + dims.length : axis;
    return typeof at === 'number' && Number.isInteger(at) && at >= 0 && at < dims.length
      ? at
      : config.wrong('axis', 'an axis of its input');
  });
}

function reduction(op: 'ReduceMean' | 'ReduceSum' | 'ReduceMax' | 'ReduceMin'): Write {
  return (context, [x], setting) => {
    const axes = axesOf(context, x!, setting);
    const keep = setting('keepdims') === true;
    const dims = keep
      ? x!.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
      : x!.dims.filter((_, axis) => !axes.includes(axis));
    return value(context.builder.reduce(op, x!.tensor, axes, keep), dims);
  };
}

const any: Write = (context, [x], setting) => {
  const axes = axesOf(context, x!, setting).sort((a, b) => b - a);
  const keep = setting('keepdims') === true;
  const tensor = axes.reduce((left, axis) => anyOver(context.builder, left, axis, keep), x!.tensor);
  const dims = keep
    ? x!.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
    : x!.dims.filter((_, axis) => !axes.includes(axis));
  return value(tensor, dims, { dtype: 'bool' });
};

const reshape: Write = (context, [x], setting) => {
  const shape = setting('newshape') ?? setting('shape');
  if (!Array.isArray(shape) || shape.length === 0)
    return context.config.refuse('its shape is not written in the file');
  const target = shape.slice(1).map((dim) => (dim === -1 || dim === null ? null : dim));
  const fits = target.every(
    (dim) => dim === null || (typeof dim === 'number' && Number.isInteger(dim) && dim > 0),
  );
  if (!fits) return context.config.refuse('its shape is not written in the file');
  return reshaped(context, x!, target as (number | null)[]);
};

const transpose: Write = (context, [x], setting) => {
  const given = setting('axes') ?? setting('perm');
  const perm = Array.isArray(given) ? given : x!.dims.map((_, axis) => x!.dims.length - 1 - axis);
  const valid = perm.length === x!.dims.length && [...perm].sort().every((axis, i) => axis === i);
  if (!valid) return context.config.wrong('axes', 'an order of the axes');
  const order = perm as number[];
  return {
    ...value(
      context.builder.transpose(x!.tensor, order),
      order.map((axis) => x!.dims[axis]!),
    ),
    dtype: x!.dtype,
  };
};

const expandDims: Write = (context, [x], setting) => {
  const rank = x!.dims.length + 1;
  const given = setting('axis');
  const axis = typeof given === 'number' && given < 0 ? given + rank : given;
  if (typeof axis !== 'number' || !(axis >= 0 && axis < rank)) return context.config.wrong('axis', 'an axis');
  const dims = [...x!.dims];
  dims.splice(axis, 0, 1);
  return { ...value(context.builder.unsqueeze(x!.tensor, [axis]), dims), dtype: x!.dtype };
};

const squeeze: Write = (context, [x], setting) => {
  const given = setting('axis');
  const ones = x!.dims.flatMap((dim, axis) => (dim === 1 && axis > 0 ? [axis] : []));
  const axes = given === undefined || given === null ? ones : axesOf(context, x!, setting);
  return {
    ...value(
      context.builder.squeeze(x!.tensor, axes),
      x!.dims.filter((_, axis) => !axes.includes(axis)),
    ),
    dtype: x!.dtype,
  };
};

const concatenate: Write = (context, operands, setting) => {
  const [axis] = axesOf(context, operands[0]!, (name) => setting(name) ?? -1);
  const dims = operands[0]!.dims.map((dim, i) =>
    i !== axis
      ? dim
      : operands.reduce<number | null>(
          (sum, one) => (sum === null || one.dims[i] == null ? null : sum + one.dims[i]),
          0,
        ),
  );
  return value(
    context.builder.add(
      'Concat',
      operands.map(({ tensor }) => tensor),
      { axis: int(axis!) },
    ),
    dims,
  );
};

const matmul: Write = (context, [a, b]) => {
  if (a!.dims.length !== b!.dims.length || a!.dims.length < 2)
    return context.config.refuse('its inputs are of different rank');
  return value(context.builder.add('MatMul', [a!.tensor, b!.tensor]), [
    ...a!.dims.slice(0, -1),
    b!.dims.at(-1)!,
  ]);
};

const cast: Write = (context, [x], setting) => {
  const to = String(setting('dtype'));
  if (/^float/.test(to)) return { ...x!, tensor: context.builder.toFloat(x!.tensor), dtype: 'float32' };
  if (to === 'bool')
    return { ...x!, tensor: context.builder.add('Cast', [x!.tensor], { to: int(9) }), dtype: 'bool' };
  return context.config.refuse(`it casts to ${to}`);
};

const logSoftmax =
  (op: 'Softmax' | 'LogSoftmax'): Write =>
  (context, [x], setting) => {
    const [axis] = axesOf(context, x!, (name) => setting(name) ?? -1);
    return { ...x!, tensor: softmax(context, op, x!.tensor, x!, axis!) };
  };

/** 0 or 1 everywhere, in the shape of the input. */
function filled(fill: 0 | 1): Write {
  return (context, [x], setting) => {
    const { builder } = context;
    const bool = setting('dtype') === 'bool' || (setting('dtype') === undefined && x!.dtype === 'bool');
    const one = bool
      ? builder.constant(tensor('bool', [], Uint8Array.of(fill)), 'fill')
      : builder.scalar(fill);
    return { ...x!, tensor: builder.expandLike(one, x!.tensor), dtype: bool ? 'bool' : 'float32' };
  };
}

const clip: Write = ({ builder, config }, [x], setting) => {
  const bound = (name: string) => {
    const given = setting(name);
    return typeof given === 'number' ? builder.scalar(given) : config.wrong(name, 'a number');
  };
  return { ...x!, tensor: builder.add('Clip', [x!.tensor, bound('x_min'), bound('x_max')]) };
};

/** Keras 3, by class. */
const OPERATIONS: Readonly<Record<string, Write>> = {
  Add: elementwise('Add'),
  Subtract: elementwise('Sub'),
  Multiply: elementwise('Mul'),
  Divide: elementwise('Div'),
  TrueDivide: elementwise('Div'),
  Power: elementwise('Pow'),
  Maximum: elementwise('Max'),
  Minimum: elementwise('Min'),
  Equal: elementwise('Equal', 'bool'),
  NotEqual: not(elementwise('Equal', 'bool')),
  Greater: elementwise('Greater', 'bool'),
  GreaterEqual: not(elementwise('Less', 'bool')),
  Less: elementwise('Less', 'bool'),
  LessEqual: not(elementwise('Greater', 'bool')),
  LogicalAnd: elementwise('And', 'bool'),
  LogicalOr: elementwise('Or', 'bool'),
  LogicalNot: unary('Not'),
  Where: elementwise('Where', 'float32', 3),
  ZerosLike: filled(0),
  OnesLike: filled(1),
  ConvertToTensor: (_, [x]) => x!,
  Negative: unary('Neg'),
  Absolute: unary('Abs'),
  Abs: unary('Abs'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Sin: unary('Sin'),
  Cos: unary('Cos'),
  Erf: unary('Erf'),
  Tanh: unary('Tanh'),
  Square: ({ builder }, [x]) => ({ ...x!, tensor: builder.add('Mul', [x!.tensor, x!.tensor]) }),
  Mean: reduction('ReduceMean'),
  Sum: reduction('ReduceSum'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Any: any,
  Reshape: reshape,
  Transpose: transpose,
  ExpandDims: expandDims,
  Squeeze: squeeze,
  Concatenate: concatenate,
  Matmul: matmul,
  Cast: cast,
  Clip: clip,
  Softmax: logSoftmax('Softmax'),
  LogSoftmax: logSoftmax('LogSoftmax'),
  GetItem: sliced,
  Relu: activation('relu'),
  Relu6: activation('relu6'),
  Sigmoid: activation('sigmoid'),
  Silu: activation('silu'),
  Softplus: activation('softplus'),
  Softsign: activation('softsign'),
  Selu: activation('selu'),
  HardSigmoid: activation('hard_sigmoid'),
  HardSilu: activation('hard_silu'),
  Mish: activation('mish'),
  Gelu: (context, [x], setting) =>
    activate(context, x!, setting('approximate') === true ? 'gelu_new' : 'gelu'),
};

/** Keras 2 keeps calls of TensorFlow functions, by their name. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'math.add': 'Add',
  '__operators__.add': 'Add',
  'math.subtract': 'Subtract',
  'math.multiply': 'Multiply',
  'math.truediv': 'Divide',
  'math.divide': 'Divide',
  'math.pow': 'Power',
  'math.maximum': 'Maximum',
  'math.minimum': 'Minimum',
  'math.not_equal': 'NotEqual',
  'math.greater': 'Greater',
  'math.less': 'Less',
  'math.negative': 'Negative',
  'math.abs': 'Abs',
  'math.exp': 'Exp',
  'math.log': 'Log',
  'math.sqrt': 'Sqrt',
  'math.square': 'Square',
  'math.tanh': 'Tanh',
  'math.sigmoid': 'Sigmoid',
  'nn.sigmoid': 'Sigmoid',
  'nn.tanh': 'Tanh',
  'nn.relu': 'Relu',
  'nn.relu6': 'Relu6',
  'nn.selu': 'Selu',
  'nn.silu': 'Silu',
  'nn.softplus': 'Softplus',
  'nn.softmax': 'Softmax',
  'nn.gelu': 'Gelu',
  'math.reduce_mean': 'Mean',
  'math.reduce_sum': 'Sum',
  'math.reduce_max': 'Max',
  'math.reduce_min': 'Min',
  'math.reduce_any': 'Any',
  reshape: 'Reshape',
  transpose: 'Transpose',
  expand_dims: 'ExpandDims',
  squeeze: 'Squeeze',
  concat: 'Concatenate',
  cast: 'Cast',
  'linalg.matmul': 'Matmul',
};

function rule(write: Write, settingsOf: (context: LayerContext, call: LayerCall) => Setting): LayerRule {
  return {
    mask: 'drops',
    write(context, _, call) {
      const operands = operandsOf(context, call);
      return write(context, operands, settingsOf(context, call));
    },
  };
}

/** Tensors, and numbers written in the file where a tensor could stand. */
function operandsOf(context: LayerContext, call: LayerCall): Value[] {
  const second = ['y', 'x2', 'x1', 'other', 'b'].flatMap((name) => call.kwargs.get(name) ?? []);
  return [...call.args, ...second].flatMap((given: Given): Value[] => {
    if (isValue(given) || Array.isArray(given)) return flatten(given).map((one) => context.plain(one));
    const setting = settingOf(given) as Json | undefined;
    // Keras 3 writes an array as an object with its own class.
    const written = isObject(setting) && isObject(setting.config) ? setting.config.value : setting;
    const dims = written === undefined ? undefined : nested(written);
    if (dims === undefined) return [];
    const data = Float32Array.from(context.config.numbers(written, 'args'));
    return [value(context.constant(dims, data, 'written'), dims)];
  });
}

/** Dims of numbers nested in lists; undefined where they are ragged or no numbers. */
function nested(written: Json): number[] | undefined {
  if (typeof written === 'number') return [];
  if (!Array.isArray(written) || written.length === 0) return undefined;
  const [first, ...others] = written.map(nested);
  const same = first !== undefined && others.every((one) => one?.join() === first.join());
  return same && elementCount(first) < 2 ** 20 ? [written.length, ...first] : undefined;
}

const ofConfig =
  (context: LayerContext, call: LayerCall): Setting =>
  (name) =>
    name === 'key' ? (settingOf(call.args[1]) as Json | undefined) : context.config.get(name);

const ofCall =
  (_: LayerContext, call: LayerCall): Setting =>
  (name) => {
    const key = name === 'key' ? 'slice_spec' : name;
    return settingOf(call.kwargs.get(key)) as Json | undefined;
  };

const byFunction: LayerRule = {
  mask: 'drops',
  write(context, input, call) {
    const name = context.config.text('function', '');
    const operation = Object.hasOwn(FUNCTIONS, name) ? OPERATIONS[FUNCTIONS[name]!] : undefined;
    if (operation === undefined) return context.config.refuse(`it calls the TensorFlow function "${name}"`);
    return rule(operation, ofCall).write(context, input, call);
  },
};

export const operationRules: LayerRules = {
  ...Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, write]) => [`op:${name}`, rule(write, ofConfig)]),
  ),
  TFOpLambda: byFunction,
  SlicingOpLambda: rule(sliced, ofCall),
};
