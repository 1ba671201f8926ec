import { floatsOf, intOf, intsOf, textOf } from '../../attributes.ts';
import { resampling, resamplingWeights } from '../../resampling.ts';
import { numbers } from '../../tensor.ts';
import { unary } from '../broadcast.ts';
import { contractAxis } from '../contractAxis.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';

/** Values of the matrix an axis is resized with. */
const LARGEST_MATRIX = 2 ** 22;

/** Resizing is linear, axis by axis: backwards with the transposed weights. */
export const resizeRules: Rules = { Resize: unary(resizeBackward), Upsample: unary(resizeBackward) };

function resizeBackward(step: Step): string {
  const { node } = step;
  if (textOf(node, 'mode') === 'cubic') step.refuse('mode "cubic"');
  if (textOf(node, 'coordinate_transformation_mode') === 'tf_crop_and_resize') step.refuse('it crops');
  if (intOf(node, 'antialias') === 1) step.refuse('it smooths against aliasing');
  const input = step.dims(0);
  const output = step.outputDims();
  return input.reduce((gradient, length, axis) => {
    const count = output[axis]!;
    if (length === count) return gradient;
    if (length * count > LARGEST_MATRIX) step.refuse(`it makes ${count} values of ${length}`);
    const scale = scaleOf(step, axis) ?? count / length;
    const way = resampling(node, step.builder.opset, { length, count, scale });
    const matrix = { rows: count, columns: length, values: resamplingWeights(way, length, count) };
    return contractAxis(step.builder, gradient, { axis, rank: input.length }, matrix);
  }, step.gradient);
}

/** The scale as written; undefined where sizes are given. */
function scaleOf(step: Step, axis: number): number | undefined {
  const { node, builder } = step;
  if (step.has(3)) return undefined;
  const attribute = floatsOf(node, 'scales');
  const index = node.op === 'Upsample' || builder.opset < 11 ? 1 : 2;
  const written = attribute ?? (step.has(index) ? builder.constantOf(step.input(index)) : undefined);
  if (written === undefined) return undefined;
  const scales = 'dtype' in written ? numbers(written) : [...written];
  const axes = intsOf(node, 'axes')?.map((value) => step.axis(value, step.rank(0)));
  const at = axes ? axes.indexOf(axis) : axis;
  return at < 0 ? 1 : scales[at];
}
