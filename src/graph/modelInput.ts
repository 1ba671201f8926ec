import { listed } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { Graph, ValueInfo } from './graph.ts';
import type { InputLayout } from './inputLayout.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import { elementCount } from './tensor.ts';

const LAYOUTS: Readonly<Record<number, readonly InputLayout[]>> = {
  3: ['NFT', 'NTF'],
  4: ['N1FT', 'N1TF', 'NFT1', 'NTF1'],
};
const LARGEST_PROBE = 2 ** 26;

/**
 * The one tensor the model takes, beside the mask of `withMaskInput`.
 * @throws Refusal `several-inputs`, or `not-a-classifier` where there is none or it does not hold floats.
 */
export function soleInput(graph: Graph): ValueInfo {
  const [input, ...more] = graph.inputs.filter(({ name }) => name !== MASK_INPUT);
  if (input === undefined) {
    throw new Refusal('not-a-classifier', 'The model takes no input, so it is not a classifier.');
  }
  if (more.length > 0) {
    const names = listed(graph.inputs.map(({ name }) => name));
    throw new Refusal(
      'several-inputs',
      `The model takes ${graph.inputs.length} inputs (${names}); only models that take the series, or the series and its padding mask [N, T], are explained: put it into a module that takes no more than these and makes or fixes the others (lengths are mask.sum(1)), and export that.`,
    );
  }
  if (input.dtype !== 'float32' && input.dtype !== 'float64') {
    throw new Refusal(
      'not-a-classifier',
      `The model's input "${input.name}" holds ${input.dtype ?? 'no tensor'}, but a time series is float32.`,
    );
  }
  const none = input.dims.findIndex((dim) => typeof dim === 'number' && dim < 1);
  if (none >= 0) {
    throw new Refusal(
      'input-shape',
      `Axis ${none} of the model's input "${input.name}" has the length ${input.dims[none]}, so that no series fits; export it with the length that it has, or a free one.`,
    );
  }
  return input;
}

/**
 * Layouts the input's dims allow. Where exactly one axis is free, that one is time.
 * @param masked steps of the mask that goes with it, where they are fixed
 * @throws Refusal `input-shape` where none fits, `layout-mismatch` where the asked one is not among them.
 */
export function possibleLayouts(
  input: ValueInfo,
  asked: InputLayout | undefined,
  masked: number | null = null,
): InputLayout[] {
  const { dims } = input;
  const shown = `[${dims.map((dim) => dim ?? '?').join(', ')}]`;
  const free = (axis: number) => typeof dims[axis] !== 'number';
  const singletonFits = (LAYOUTS[dims.length] ?? []).filter((layout) => {
    const axis = layout.indexOf('1');
    const time = layout.indexOf('T');
    const isLong = masked === null || free(time) || dims[time] === masked;
    return isLong && (axis < 0 || dims[axis] === 1 || (free(axis) && asked === layout));
  });
  if (singletonFits.length === 0) {
    throw new Refusal(
      'input-shape',
      `The model's input has shape ${shown}; a series is [N, steps], [N, features, steps] or [N, steps, features], with an axis of 1 at most.`,
    );
  }
  if (asked !== undefined) {
    if (!singletonFits.includes(asked)) {
      throw new Refusal(
        'layout-mismatch',
        `The input layout ${asked} does not fit the model's input of shape ${shown}; possible are ${singletonFits.join(', ')}.`,
      );
    }
    return [asked];
  }
  const oneFree = singletonFits.filter((layout) => free(layout.indexOf('T')) && !free(layout.indexOf('F')));
  return oneFree.length > 0 ? oneFree : singletonFits;
}

/**
 * Concrete dims for a probe run.
 * @throws Refusal `input-shape` where the features are not said, `input-too-big` for sizes no series has.
 */
export function probeDims(input: ValueInfo, layout: InputLayout, batch: number, steps: number): number[] {
  const dims = input.dims.map((dim, axis) => {
    const role = layout[axis];
    if (role === 'N') return batch;
    if (typeof dim === 'number') return dim;
    if (role === 'F') {
      throw new Refusal(
        'input-shape',
        `The model does not say how many features its input "${input.name}" has; export it with a fixed feature axis.`,
      );
    }
    return role === 'T' ? steps : 1;
  });
  if (elementCount(dims) > LARGEST_PROBE) {
    throw new Refusal(
      'input-too-big',
      `The model's input has shape [${dims.map((dim, axis) => (layout[axis] === 'N' ? 'N' : dim)).join(', ')}], which is larger than any series that can be explained.`,
    );
  }
  return dims;
}
