import { intOf, intsOf } from '../../../graph/attributes.ts';
import { elementCount, numbers, type Tensor } from '../../../graph/tensor.ts';
import type { Tf, TfTensor } from '../backend.ts';
import type { Call, Operator, Operators } from '../call.ts';
import { fromNumbers, isInteger } from '../host/array.ts';
import { transpose } from '../host/view.ts';

type OnDevice = (tf: Tf, x: TfTensor, axes: number[], keep: boolean) => TfTensor;
type OnHost = (values: readonly number[]) => number;

/** The axes are an attribute or an input, by opset; none means all, unless the node says that none means none. */
function reduction(device: OnDevice, host: OnHost): Operator {
  return (call) => {
    const { node } = call;
    const said = call.has(1) ? call.numbers(1) : (intsOf(node, 'axes') ?? []);
    const none = said.length === 0;
    const { dtype } = call.value();
    if (none && intOf(node, 'noop_with_empty_axes') === 1) return call.value().retain();
    const axes = none ? call.dims().map((_, axis) => axis) : said.map((axis) => call.axis(axis));
    const keep = intOf(node, 'keepdims') !== 0;
    // What the WebAssembly kernels write for no values at all is whatever lies in their memory.
    if (dtype === 'float32' && elementCount(call.dims()) > 0) {
      // Of a scalar there is nothing to reduce, but the function may still change it (ReduceSumSquare).
      return device(call.tf, call.device(), axes, keep);
    }
    return reduceOnHost(call.host(), axes, keep, isInteger(dtype) ? (v) => Math.trunc(host(v)) : host);
  };
}

function reduceOnHost(source: Tensor, axes: readonly number[], keep: boolean, compute: OnHost): Tensor {
  const kept = source.dims.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const moved = numbers(transpose(source, [...kept, ...axes]));
  const width = elementCount(axes.map((axis) => source.dims[axis]!));
  const results = Array.from({ length: elementCount(kept.map((axis) => source.dims[axis]!)) }, (_, row) =>
    compute(moved.slice(row * width, (row + 1) * width)),
  );
  const dims = source.dims.flatMap((dim, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [dim]));
  return fromNumbers(source.dtype, dims, results);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const sumOf = (values: readonly number[], f: (x: number) => number) => sum(values.map(f));

/** Reductions over `axes`, and ArgMax and ArgMin. */
export const reduceOperators: Operators = {
  ReduceSum: reduction((tf, x, axes, keep) => tf.sum(x, axes, keep), sum),
  ReduceMean: reduction(
    (tf, x, axes, keep) => tf.mean(x, axes, keep),
    // Of no values ONNX Runtime has 0.
    (values) => sum(values) / Math.max(1, values.length),
  ),
  ReduceMax: reduction(
    (tf, x, axes, keep) => tf.max(x, axes, keep),
    (values) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ),
  ReduceMin: reduction(
    (tf, x, axes, keep) => tf.min(x, axes, keep),
    (values) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  ),
  ReduceProd: reduction(
    (tf, x, axes, keep) => tf.prod(x, axes, keep),
    (values) => values.reduce((a, b) => a * b, 1),
  ),
  ReduceSumSquare: reduction(
    (tf, x, axes, keep) => tf.sum(tf.square(x), axes, keep),
    (values) => sumOf(values, (x) => x * x),
  ),
  ReduceL1: reduction(
    (tf, x, axes, keep) => tf.sum(tf.abs(x), axes, keep),
    (values) => sumOf(values, Math.abs),
  ),
  ReduceL2: reduction(
    (tf, x, axes, keep) => tf.sqrt(tf.sum(tf.square(x), axes, keep)),
    (values) => Math.sqrt(sumOf(values, (x) => x * x)),
  ),
  ReduceLogSum: reduction(
    (tf, x, axes, keep) => tf.log(tf.sum(x, axes, keep)),
    (values) => Math.log(sum(values)),
  ),
  ReduceLogSumExp: reduction(
    (tf, x, axes, keep) => tf.logSumExp(x, axes, keep),
    (values) => {
      const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      return most + Math.log(sumOf(values, (x) => Math.exp(x - most)));
    },
  ),
  ArgMax: (call) => extreme(call, (a, b) => a > b),
  ArgMin: (call) => extreme(call, (a, b) => a < b),
};

/** Position of the first (or last, by attribute) extreme value along an axis. */
function extreme(call: Call, beats: (a: number, b: number) => boolean): Tensor {
  const axis = call.axis(intOf(call.node, 'axis') ?? 0);
  const last = intOf(call.node, 'select_last_index') === 1;
  const keep = intOf(call.node, 'keepdims') !== 0;
  const positions = reduceOnHost(call.host(), [axis], keep, (values) =>
    values.reduce((best, value, i) => {
      const better = beats(value, values[best]!) || (last && value === values[best]);
      return better ? i : best;
    }, 0),
  );
  return fromNumbers('int64', positions.dims, numbers(positions));
}
