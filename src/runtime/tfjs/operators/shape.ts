import { intOf, intsOf } from '../../../graph/attributes.ts';
import { elementCount } from '../../../graph/tensor.ts';
import type { Call, Operators, Result } from '../call.ts';
import { bounded, zeros } from '../host/array.ts';
import { commonDims } from '../host/broadcast.ts';
import { broadcastTo, transpose } from '../host/view.ts';

/** The same values under other dims, in another order, or repeated. */
export const shapeOperators: Operators = {
  Reshape: (call) => {
    const keepsZero = intOf(call.node, 'allowzero') === 1;
    const wanted = call
      .numbers(1)
      .map((dim, axis) => (dim === 0 && !keepsZero ? (call.dims()[axis] ?? 0) : dim));
    const known = wanted.reduce((product, dim) => (dim === -1 ? product : product * dim), 1);
    const rest = known === 0 ? 0 : elementCount(call.dims()) / known;
    return reshaped(
      call,
      wanted.map((dim) => (dim === -1 ? rest : dim)),
    );
  },
  Flatten: (call) => {
    const said = intOf(call.node, 'axis') ?? 1;
    const axis = said < 0 ? said + call.rank() : said;
    return reshaped(call, [elementCount(call.dims().slice(0, axis)), elementCount(call.dims().slice(axis))]);
  },
  Squeeze: (call) => {
    const said = axesOf(call);
    const axes = said?.map((axis) => call.axis(axis));
    return reshaped(
      call,
      call.dims().filter((dim, axis) => (axes ? !axes.includes(axis) : dim !== 1)),
    );
  },
  Unsqueeze: (call) => {
    const said = axesOf(call) ?? call.refuse('it names no axes');
    const rank = call.rank() + said.length;
    const axes = said.map((axis) => call.axis(axis, rank));
    const old = call.dims().values();
    const dims = Array.from({ length: rank }, (_, axis) =>
      axes.includes(axis) ? 1 : (old.next().value ?? 1),
    );
    return reshaped(call, dims);
  },
  Transpose: (call) => {
    const perm = intsOf(call.node, 'perm') ?? call.dims().map((_, axis) => call.rank() - 1 - axis);
    return call.value().dtype === 'float32'
      ? call.tf.transpose(call.device(), [...perm])
      : transpose(call.host(), perm);
  },
  Expand: (call) => expanded(call, commonDims([call.dims(), call.numbers(1)])),
  Tile: (call) => {
    const repeats = call.numbers(1);
    bounded(call.dims().map((dim, axis) => dim * (repeats[axis] ?? 1)));
    if (call.value().dtype === 'float32') return call.tf.tile(call.device(), repeats);
    const dims = call.dims().flatMap((dim) => [1, dim]);
    const wide = call.dims().flatMap((dim, axis) => [repeats[axis]!, dim]);
    const repeated = broadcastTo({ ...call.host(), dims }, wide);
    return { ...repeated, dims: call.dims().map((dim, axis) => dim * repeats[axis]!) };
  },
};

/** Axes as attribute or as second input, by opset. */
function axesOf(call: Call): readonly number[] | undefined {
  return call.has(1) ? call.numbers(1) : intsOf(call.node, 'axes');
}

function reshaped(call: Call, dims: readonly number[]): Result {
  const count = elementCount(call.dims());
  if (elementCount(dims) !== count || dims.some((dim) => !Number.isInteger(dim) || dim < 0)) {
    return call.refuse(`${count} values do not fit into the shape [${dims.join(', ')}]`);
  }
  const value = call.value();
  if (value.onDevice) return call.tf.reshape(value.device(call.tf), [...dims]);
  return { ...value.host(), dims };
}

function expanded(call: Call, dims: readonly number[]): Result {
  if (`${dims}` === `${call.dims()}`) return call.value().retain();
  bounded(dims);
  // The library's broadcastTo keeps an axis of length 1 where none is asked for.
  if (dims.includes(0)) return zeros(call.value().dtype, dims);
  return call.value().dtype === 'float32'
    ? call.tf.broadcastTo(call.device(), [...dims])
    : broadcastTo(call.host(), dims);
}
