import type { ValueInfo } from '../../graph/graph.ts';
import { Refusal } from '../../refusal.ts';
import { isObject, type Json } from './config.ts';
import type { KerasLayer } from './model.ts';
import { type LayerValue, value } from './value.ts';

const LARGEST_DIM = 2 ** 24;

/**
 * The graph's input for an InputLayer.
 * @throws Refusal `broken-model` where it is none, `input-shape` where it does not say its shape
 */
export function inputInfo(layer: KerasLayer): { readonly info: ValueInfo; readonly value: LayerValue } {
  if (layer.className !== 'InputLayer') {
    throw new Refusal(
      'broken-model',
      `${layer.config.title} is named as an input of the model, but is none.`,
    );
  }
  const shape = layer.config.get('batch_shape') ?? layer.config.get('batch_input_shape');
  if (!Array.isArray(shape)) {
    throw new Refusal(
      'input-shape',
      'The model does not say the shape of its input; build it (or call it once) and save it again.',
    );
  }
  const dims = shape.map((dim) => (dim === null ? null : checked(layer, dim)));
  const name = layer.name;
  const integer = /^u?int|^bool/.test(dtypeOf(layer.config.get('dtype')));
  const dtype = integer ? 'int64' : 'float32';
  const free = (axis: number) => (axis === 0 ? 'batch' : axis === 1 ? 'time' : `axis${axis}`);
  return {
    info: { name, dtype, dims: dims.map((dim, axis) => dim ?? free(axis)) },
    value: value(name, dims, { dtype }),
  };
}

function checked(layer: KerasLayer, dim: Json): number {
  return typeof dim === 'number' && Number.isInteger(dim) && dim > 0 && dim <= LARGEST_DIM
    ? dim
    : layer.config.wrong('batch_shape', 'a shape');
}

/** A name, or in Keras 3 a policy object; a quantised one has no name but a mode, e.g. `int8`. */
export function dtypeOf(dtype: Json | undefined): string {
  if (isObject(dtype) && isObject(dtype.config)) return dtypeOf(dtype.config.mode ?? dtype.config.name);
  return typeof dtype === 'string' ? dtype : 'float32';
}
