import { float, int } from '../../../graph/attributes.ts';
import { float32 } from '../../../graph/tensor.ts';
import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

/** Of `track_running_stats=False`: calling model.eval() changes nothing. */
const NO_STATISTICS =
  'it keeps no running statistics (track_running_stats=False), so that what it gives rests on all instances of a run';

function batchNorm(lowering: Lowering): ProgramValue {
  if (lowering.flag('training') && !lowering.has('running_mean')) return lowering.refuse(NO_STATISTICS);
  if (lowering.flag('training')) {
    return lowering.refuse('it is in training mode', 'call model.eval() before torch.export.export');
  }
  const input = lowering.tensor('input');
  const [mean, variance] = [lowering.optional('running_mean'), lowering.optional('running_var')];
  if (!mean || !variance) return lowering.refuse(NO_STATISTICS);
  if (typeof input.dims[1] !== 'number') return result(lowering, normalised(lowering, input, mean, variance));
  const channels = [input.dims[1]];
  const made = lowering.builder.add(
    'BatchNormalization',
    [
      input.tensor,
      lowering.optional('weight')?.tensor ?? lowering.floats(channels, 1),
      lowering.optional('bias')?.tensor ?? lowering.floats(channels, 0),
      mean.tensor,
      variance.tensor,
    ],
    { epsilon: float(lowering.number('eps', 1e-5)) },
  );
  return result(lowering, made);
}

/** With instances and channels on one axis, as an instance norm with running statistics decomposes. */
function normalised(
  lowering: Lowering,
  input: ProgramValue,
  mean: ProgramValue,
  variance: ProgramValue,
): string {
  const { builder } = lowering;
  const spatial = input.dims.length - 2;
  const perChannel = ({ tensor }: ProgramValue) =>
    builder.reshape(tensor, [-1, ...Array<number>(spatial).fill(1)]);
  const epsilon = builder.scalar(lowering.number('eps', 1e-5));
  const deviation = builder.add('Sqrt', [builder.add('Add', [perChannel(variance), epsilon])]);
  const centred = builder.add('Sub', [input.tensor, perChannel(mean)]);
  return scaled(lowering, builder.add('Div', [centred, deviation]), spatial);
}

function layerNorm(lowering: Lowering): ProgramValue {
  const input = lowering.tensor('input');
  const shape = lowering.ints('normalized_shape');
  const inputs = [
    input.tensor,
    lowering.optional('weight')?.tensor ?? lowering.floats(shape, 1),
    ...(lowering.has('bias') ? [lowering.tensor('bias').tensor] : []),
  ];
  const made = lowering.builder.add('LayerNormalization', inputs, {
    axis: int(-shape.length),
    epsilon: float(lowering.number('eps', 1e-5)),
  });
  return result(lowering, made);
}

/** Groups as channels of an instance norm, scale and shift per channel behind it, as PyTorch's own exporter writes it. */
function groupNorm(lowering: Lowering): ProgramValue {
  const { builder } = lowering;
  const input = lowering.optional('input') ?? lowering.tensor('self');
  const groups = lowering.int(lowering.has('num_groups') ? 'num_groups' : 'group');
  const grouped = builder.reshape(input.tensor, [0, groups, -1]);
  const normal = builder.add(
    'InstanceNormalization',
    [grouped, lowering.floats([groups], 1), lowering.floats([groups], 0)],
    { epsilon: float(lowering.number('eps', 1e-5)) },
  );
  const made = builder.reshapeLike(normal, input.tensor);
  return result(lowering, scaled(lowering, made, input.dims.length - 2));
}

/** Times weight plus bias per channel, where there are any. */
function scaled(lowering: Lowering, x: string, spatial: number): string {
  const perChannel = (value: ProgramValue) =>
    spatial > 0
      ? lowering.builder.reshape(value.tensor, [-1, ...Array<number>(spatial).fill(1)])
      : value.tensor;
  const [weight, bias] = [lowering.optional('weight'), lowering.optional('bias')];
  const times = weight ? lowering.builder.add('Mul', [x, perChannel(weight)]) : x;
  return bias ? lowering.builder.add('Add', [times, perChannel(bias)]) : times;
}

const instanceNorm: Lower = (lowering) => {
  if (!lowering.flag('use_input_stats', true)) return batchNorm(lowering);
  const input = lowering.tensor('input');
  const channels = [lowering.known(input, 1)];
  const made = lowering.builder.add(
    'InstanceNormalization',
    [
      input.tensor,
      lowering.optional('weight')?.tensor ?? lowering.floats(channels, 1),
      lowering.optional('bias')?.tensor ?? lowering.floats(channels, 0),
    ],
    { epsilon: float(lowering.number('eps', 1e-5)) },
  );
  return result(lowering, made);
};

/** x / √(mean x² + ε) (Zhang 2019). */
const rmsNorm: Lower = (lowering) => {
  const { builder } = lowering;
  const input = lowering.tensor('input');
  const rank = input.dims.length;
  const count = lowering.ints('normalized_shape').length;
  const axes = Array.from({ length: count }, (_, i) => rank - count + i);
  const mean = builder.reduce('ReduceMean', builder.add('Mul', [input.tensor, input.tensor]), axes, true);
  // PyTorch's default is the smallest float32 step at 1.
  const epsilon = builder.scalar(lowering.number('eps', 2 ** -23));
  const normal = builder.add('Div', [
    input.tensor,
    builder.add('Sqrt', [builder.add('Add', [mean, epsilon])]),
  ]);
  const weight = lowering.optional('weight');
  return result(lowering, weight ? builder.add('Mul', [normal, weight.tensor]) : normal);
};

/** w = g·v/‖v‖ per output channel (Salimans & Kingma 2016), computed once: both are weights. */
const weightNorm: Lower = (lowering) => {
  const [v, g] = [lowering.constantOf(lowering.tensor('v')), lowering.constantOf(lowering.tensor('g'))];
  const axis = lowering.int('dim', 0);
  if (!v || !g || v.dtype !== 'float32') return lowering.refuse('its weights are computed');
  const from = v.data as Float32Array;
  const at = axis < 0 ? -1 : axis;
  const inner = at < 0 ? v.data.length : v.dims.slice(at + 1).reduce((a, b) => a * b, 1);
  const size = at < 0 ? 1 : v.dims[at]!;
  const channel = (i: number) => (at < 0 ? 0 : Math.floor(i / inner) % size);
  const squares = new Float64Array(size);
  from.forEach((x, i) => {
    squares[channel(i)]! += x * x;
  });
  const scale = g.data as Float32Array;
  const data = from.map((x, i) => (x * scale[channel(i)]!) / Math.sqrt(squares[channel(i)]!));
  const name = lowering.tensor('v').tensor.replace(/\.?parametrizations\.weight\.original1$|_v$/, '');
  return result(lowering, lowering.builder.constant(float32(v.dims, data), `${name}.weight`));
};

/** Statistics of the batch itself: what an instance norm decomposes into, with instances and channels on one axis. */
const withoutStatistics: Lower = (lowering) => {
  const { builder } = lowering;
  const input = lowering.tensor('input');
  if (input.dims[0] !== 1) return lowering.refuse(NO_STATISTICS);
  const axes = input.dims.flatMap((_, axis) => (axis > 1 ? [axis] : []));
  const mean = builder.reduce('ReduceMean', input.tensor, axes, true);
  const centred = builder.add('Sub', [input.tensor, mean]);
  const variance = builder.reduce('ReduceMean', builder.add('Mul', [centred, centred]), axes, true);
  const epsilon = builder.scalar(lowering.number('eps', 1e-5));
  const deviation = builder.add('Sqrt', [builder.add('Add', [variance, epsilon])]);
  const normal = builder.add('Div', [centred, deviation]);
  return result(lowering, scaled(lowering, normal, input.dims.length - 2));
};

/** Norms and softmax as they are at inference. */
export const normalisationRules: LowerRules = {
  '_native_batch_norm_legit.no_stats': withoutStatistics,
  batch_norm: batchNorm,
  _native_batch_norm_legit_no_training: batchNorm,
  native_batch_norm: batchNorm,
  cudnn_batch_norm: batchNorm,
  _batch_norm_no_update: batchNorm,
  layer_norm: layerNorm,
  native_layer_norm: layerNorm,
  group_norm: groupNorm,
  native_group_norm: groupNorm,
  instance_norm: instanceNorm,
  rms_norm: rmsNorm,
  _fused_rms_norm: rmsNorm,
  _weight_norm: weightNorm,
  _weight_norm_interface: weightNorm,
};
