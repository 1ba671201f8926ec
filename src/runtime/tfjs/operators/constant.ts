import { elementType } from '../../../formats/onnx/elementType.ts';
import { intOf, tensorOf } from '../../../graph/attributes.ts';
import { constantNodeValue } from '../../../graph/constantValue.ts';
import { elementCount, int64 } from '../../../graph/tensor.ts';
import type { Operators } from '../call.ts';
import { fromNumbers, zeros } from '../host/array.ts';

/** Operators that make tensors out of attributes and shapes: all in JavaScript. */
export const constantOperators: Operators = {
  Constant: (call) => constantNodeValue(call.node) ?? call.refuse('its value is no tensor of numbers'),
  Shape: (call) => {
    const { node } = call;
    const part = call.dims().slice(intOf(node, 'start') ?? 0, intOf(node, 'end') ?? call.rank());
    return int64([part.length], part);
  },
  Size: (call) => int64([], [elementCount(call.dims())]),
  ConstantOfShape: (call) => {
    const value = tensorOf(call.node, 'value');
    const made = zeros(value?.dtype ?? 'float32', call.numbers(0));
    if (value) made.data.fill(value.data[0] as never);
    return made;
  },
  Range: (call) => {
    const [start, limit, step] = [call.number(0), call.number(1), call.number(2)];
    const count = Math.max(0, Math.ceil((limit - start) / step));
    zeros('bool', [count]);
    const values = Array.from({ length: count }, (_, i) => start + i * step);
    return fromNumbers(call.value().dtype, [count], values);
  },
  EyeLike: (call) => {
    const [rows, columns] = call.dims() as [number, number];
    const k = intOf(call.node, 'k') ?? 0;
    const to = intOf(call.node, 'dtype');
    const dtype = to === undefined ? call.value().dtype : elementType(to, `Node ${call.node.name}`);
    const values = new Float64Array(elementCount([rows, columns]));
    for (let row = Math.max(0, -k); row < rows && row + k < columns; row++)
      values[row * columns + row + k] = 1;
    return fromNumbers(dtype, [rows, columns], values);
  },
};
