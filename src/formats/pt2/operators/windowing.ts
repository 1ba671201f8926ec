import { int } from '../../../graph/attributes.ts';
import { int64 } from '../../../graph/tensor.ts';
import { axisLength, result, scalar } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

/** Where the steps of each window stand, [windows, size]; counted when the model runs where the axis is free. */
function windowsOf(
  lowering: Lowering,
  self: ProgramValue,
  axis: number,
  { size, step }: { readonly size: number; readonly step: number },
): string {
  const { builder } = lowering;
  const length = self.dims[axis];
  if (typeof length === 'number') {
    const count = Math.floor((length - size) / step) + 1;
    if (!(count >= 1)) return lowering.refuse(`it makes ${count} windows`);
    const places = lowering.listed(count * size, (i) => Math.floor(i / size) * step + (i % size));
    return builder.constant(int64([count, size], places));
  }
  if (!(size >= 1 && step >= 1)) return lowering.refuse('its windows are of no size');
  const last = builder.add('Sub', [
    axisLength(lowering, self.tensor, axis),
    scalar(lowering, size - 1, 'int64'),
  ]);
  const range = [scalar(lowering, 0, 'int64'), last, scalar(lowering, step, 'int64')];
  const starts = builder.unsqueeze(builder.add('Range', range), [1]);
  const within = builder.constant(
    int64(
      [1, size],
      lowering.listed(size, (i) => i),
    ),
  );
  return builder.add('Add', [starts, within]);
}

/** Every window of an axis in a row of its own, the steps within it behind all axes. */
const unfold: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const rank = self.dims.length;
  const axis = lowering.axis('dimension', rank);
  const [size, step] = [lowering.int('size'), lowering.int('step')];
  const places = windowsOf(lowering, self, axis, { size, step });
  const windows = builder.add('Gather', [self.tensor, places], { axis: int(axis) });
  const perm = Array.from({ length: rank + 1 }, (_, i) => i);
  perm.push(...perm.splice(axis + 1, 1));
  return result(lowering, builder.transpose(windows, perm));
};

/** Windows that slide along an axis. */
export const windowingRules: LowerRules = { unfold };
