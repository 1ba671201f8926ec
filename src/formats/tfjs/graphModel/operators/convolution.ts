import { int, ints } from '../../../../graph/attributes.ts';
import type { Attributes } from '../../../../graph/graph.ts';
import { Refusal } from '../../../../refusal.ts';
import { permuted } from '../../../permuted.ts';
import { activation } from '../activation.ts';
import { elementwise } from '../emitElementwise.ts';
import {
  inputAt,
  knownSizes,
  type LowerNode,
  type NodeLowering,
  type NodeRules,
  unsupported,
} from '../lower.ts';
import { numberOf, textsOf, titleOf } from '../nodeAttributes.ts';
import { constantOf, type NodeValue } from '../value.ts';
import {
  type AxisWindow,
  type Format,
  formatOf,
  fourAxes,
  padAttributes,
  slidAxes,
  slidingWindows,
} from '../windows.ts';

/** Sizes of a filter [height, width, in, out]. @throws Refusal `unsupported-model` where they are not known. */
function filterSizes(lowering: NodeLowering, filter: NodeValue): readonly number[] {
  const { shape } = fourAxes(lowering, filter);
  if (!shape.every((size): size is number => typeof size === 'number' && size > 0)) {
    throw unsupported(lowering, 'has a filter of unknown size');
  }
  return shape;
}

function windowAttributes(windows: readonly AxisWindow[], kept: readonly number[]): Attributes {
  const own = kept.map((i) => windows[i]!);
  return {
    kernel_shape: ints(own.map(({ kernel }) => kernel)),
    strides: ints(own.map(({ stride }) => stride)),
    dilations: ints(own.map(({ dilation }) => dilation)),
    ...padAttributes(own),
  };
}

/** What a convolution gives: [N, C, …] in ONNX, with TensorFlow's shape noted. */
function result(
  tensor: string,
  x: NodeValue,
  { channel, spatial }: Format,
  channels: number,
  windows: readonly AxisWindow[],
  kept: readonly number[],
): NodeValue {
  const shape = [...x.shape];
  shape[channel] = channels;
  spatial.forEach((axis, i) => {
    shape[axis] = windows[i]!.output;
  });
  const { dilation } = x;
  const none = shape.map(() => 0);
  return {
    dtype: x.dtype,
    shape,
    tensor,
    order: [0, channel, ...kept.map((i) => spatial[i]!)],
    // The first convolution has taken the padding.
    ...(dilation ? { dilation: { ...dilation, padsBegin: none, padsEnd: none } } : {}),
  };
}

type Convolve = (lowering: NodeLowering, bias: readonly string[], as: 'main' | 'aside') => NodeValue;

const convolve: Convolve = (lowering, bias, as) => {
  const { emit } = lowering;
  const format = formatOf(lowering);
  const x = fourAxes(lowering, inputAt(lowering, 0));
  const filter = inputAt(lowering, 1);
  const [height, width, taken, channels] = filterSizes(lowering, filter) as [number, number, number, number];
  const given = x.shape[format.channel]!;
  const group = typeof given === 'number' ? given / taken : 1;
  if (!Number.isInteger(group) || channels % group !== 0) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} has a filter for ${taken} channels, but gets ${given}.`,
    );
  }
  const windows = slidingWindows(lowering, x, format, [height, width]);
  const kept = slidAxes(x, format, windows);
  const order = [0, format.channel, ...kept.map((i) => format.spatial[i]!)];
  const inputs = [emit.arranged(x, order), emit.arranged(filter, [3, 2, ...kept]), ...bias];
  const tensor = emit[as]('Conv', inputs, { ...windowAttributes(windows, kept), group: int(group) });
  return result(tensor, x, format, channels, windows, kept);
};

/** Filter [height, width, channels, multiplier]: each channel by itself. */
const convolveDepthwise: Convolve = (lowering, bias, as) => {
  const { emit } = lowering;
  const format = formatOf(lowering);
  const x = fourAxes(lowering, inputAt(lowering, 0));
  const filter = inputAt(lowering, 1);
  const [height, width, taken, times] = filterSizes(lowering, filter) as [number, number, number, number];
  if (x.shape[format.channel] !== taken) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} has a filter for ${taken} channels, but gets others.`,
    );
  }
  const windows = slidingWindows(lowering, x, format, [height, width]);
  const kept = slidAxes(x, format, windows);
  const dims = [taken * times, 1, ...kept.map((i) => [height, width][i]!)];
  const { constant } = filter;
  const weights = constant
    ? emit.plain(constantOf(emit.alias(constant, { ...permuted(constant, [2, 3, ...kept]), dims })))
    : emit.aside('Reshape', [emit.arranged(filter, [2, 3, ...kept]), emit.ints(dims)]);
  const order = [0, format.channel, ...kept.map((i) => format.spatial[i]!)];
  const attributes = { ...windowAttributes(windows, kept), group: int(taken) };
  const tensor = emit[as]('Conv', [emit.arranged(x, order), weights, ...bias], attributes);
  return result(tensor, x, format, taken * times, windows, kept);
};

/** A convolution with the bias and the activation that TensorFlow's optimiser has put into it. */
function fused(convolution: Convolve): LowerNode {
  return (lowering) => {
    const { node, inputs, emit } = lowering;
    const [bias, name, ...more] = textsOf(node, 'fused_ops');
    if (bias !== 'BiasAdd' || more.length > 0) {
      throw unsupported(lowering, `is fused with ${textsOf(node, 'fused_ops').join(' and ') || 'nothing'}`);
    }
    const added = emit.plain(inputAt(lowering, 2));
    if (name === undefined) return convolution(lowering, [added], 'main');
    const plain = convolution(lowering, [added], 'aside');
    const active = activation(lowering, name, plain, {
      leak: numberOf(node, 'leakyrelu_alpha', 0.2),
      slope: inputs[3],
    });
    if (active === undefined) throw unsupported(lowering, `is fused with ${name}`);
    return active;
  };
}

/** Transposed convolution: the gradient of one, with the size it shall give; filter [height, width, out, in]. */
const convolveBack: LowerNode = (lowering) => {
  const { emit } = lowering;
  const format = formatOf(lowering);
  const sizes = knownSizes(lowering, 0, 'output size');
  const filter = inputAt(lowering, 1);
  const y = fourAxes(lowering, inputAt(lowering, 2));
  const [height, width, channels] = filterSizes(lowering, filter) as [number, number, number, number];
  const given = fourAxes(lowering, { ...y, shape: sizes }).shape.map((size, axis) =>
    // Along an axis nothing slides over, the size stays.
    axis !== 0 && y.shape[axis] === 1 && typeof size !== 'number' ? 1 : size,
  );
  const windows = slidingWindows(lowering, { ...y, shape: given }, format, [height, width]);
  const kept = slidAxes({ ...y, shape: given }, format, windows);
  const own = kept.map((i) => {
    const axis = format.spatial[i]!;
    const { kernel, stride, dilation, pads } = windows[i]!;
    const [size, positions] = [given[axis]!, y.shape[axis]!];
    if (typeof size !== 'number' || typeof positions !== 'number') {
      throw unsupported(lowering, 'makes an axis of free length longer');
    }
    const whole = (positions - 1) * stride + (kernel - 1) * dilation + 1;
    return { beyond: size - (whole - pads[0] - pads[1]) };
  });
  if (own.some(({ beyond }, i) => beyond < 0 || beyond >= windows[kept[i]!]!.stride)) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} cannot give the size [${sizes.join(', ')}].`,
    );
  }
  const order = [0, format.channel, ...kept.map((i) => format.spatial[i]!)];
  const tensor = emit.main(
    'ConvTranspose',
    [emit.arranged(y, order), emit.arranged(filter, [3, 2, ...kept])],
    {
      ...windowAttributes(windows, kept),
      output_padding: ints(own.map(({ beyond }) => beyond)),
    },
  );
  const back = windows.map((window, i) => ({ ...window, output: given[format.spatial[i]!]! }));
  return result(tensor, y, format, channels, back, kept);
};

const addBias: LowerNode = (lowering) => {
  const [x, bias] = [inputAt(lowering, 0), inputAt(lowering, 1)];
  const after = x.shape.length - 1 - (formatOf(lowering).channel === 1 ? 1 : x.shape.length - 1);
  if (bias.shape.length !== 1) throw unsupported(lowering, 'has a bias that is not one number per channel');
  const { constant } = bias;
  const shape = [...bias.shape, ...Array.from({ length: after }, () => 1)];
  const raised = constant
    ? constantOf(lowering.emit.alias(constant, { ...constant, dims: shape as number[] }))
    : { ...bias, shape };
  return elementwise(lowering, 'Add', [x, after > 0 ? raised : bias]);
};

/** Convolutions, depthwise, transposed, and fused with bias and activation. */
export const convolutionRules: NodeRules = {
  BiasAdd: addBias,
  Conv2D: (lowering) => convolve(lowering, [], 'main'),
  Conv2DBackpropInput: convolveBack,
  DepthwiseConv2dNative: (lowering) => convolveDepthwise(lowering, [], 'main'),
  FusedDepthwiseConv2dNative: fused(convolveDepthwise),
  _FusedConv2D: fused(convolve),
};
