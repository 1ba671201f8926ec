import { intsOf, textOf } from '../attributes.ts';
import { windowOf } from '../gradient/window.ts';
import { type Field, gather } from './field.ts';
import {
  inputDims,
  outputDims,
  type Role,
  type Track,
  type TrackRule,
  type TrackRules,
  type Visit,
} from './track.ts';

/** One axis of a sliding window. */
interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBegin: number;
}

/** Position p reads the taps p·stride − padBegin + i·dilation, i < kernel, that lie inside. */
export function slide(
  field: Field,
  count: number,
  { kernel, stride, dilation, padBegin }: AxisWindow,
): Field {
  const length = field.from.length;
  return gather(
    field,
    count,
    (p) => {
      const begin = p * stride - padBegin;
      const skipped = begin < 0 ? Math.ceil(-begin / dilation) : 0;
      const last = Math.min(kernel - 1, Math.floor((length - 1 - begin) / dilation));
      return { first: begin + skipped * dilation, last: begin + last * dilation, step: dilation };
    },
    {
      first: ((kernel - 1) * dilation) / 2 - padBegin,
      step: stride,
      size: field.size + (kernel - 1) * dilation * Math.abs(field.jump),
    },
  );
}

/** Output q gets input p where q = p·stride + i·dilation − padBegin for some i < kernel. */
function spread(field: Field, count: number, { kernel, stride, dilation, padBegin }: AxisWindow): Field {
  const length = field.from.length;
  const taps = (q: number) => {
    const hits: number[] = [];
    for (let i = 0; i < kernel; i++) {
      const at = q + padBegin - i * dilation;
      const p = at / stride;
      if (at >= 0 && Number.isInteger(p) && p < length) hits.push(p);
    }
    return hits.length === 0
      ? { first: 0, last: -1, step: 1 }
      : { first: hits.at(-1)!, last: hits[0]!, step: hits.length > 1 ? hits.at(-2)! - hits.at(-1)! : 1 };
  };
  return gather(field, count, taps, {
    first: (padBegin - ((kernel - 1) * dilation) / 2) / stride,
    step: 1 / stride,
    size: field.size + Math.max(0, Math.floor(((kernel - 1) * dilation) / stride)) * Math.abs(field.jump),
  });
}

/** Conv: axis 1 is mixed into channels, the axes after it are slid over. */
function window(channels: 'mixed' | 'kept', kernelOf: (visit: Visit) => readonly number[]): TrackRule {
  return (visit) => {
    const [track] = visit.tracks;
    if (track === undefined) return [undefined];
    const input = inputDims(visit, 0).slice(2);
    const output = outputDims(visit).slice(2);
    const found = windowOf(visit.node, input, output, kernelOf(visit));
    const axisWindow = (axis: number): AxisWindow => ({
      kernel: found.kernel[axis - 2]!,
      stride: found.strides[axis - 2]!,
      dilation: found.dilations[axis - 2]!,
      padBegin: found.padsBegin[axis - 2]!,
    });
    return [windowed(track, channels, (field, axis) => slide(field, output[axis - 2]!, axisWindow(axis)))];
  };
}

function windowed(
  track: Track,
  channels: 'mixed' | 'kept',
  along: (field: Field, axis: number) => Field,
): Track {
  const roles = track.roles.map(
    (role, axis): Role => (axis === 1 && channels === 'mixed' ? 'channel' : role),
  );
  const time = roles.indexOf('time');
  if (track.field === null || time < 0) return { roles, field: null };
  return { roles, field: time > 1 ? along(track.field, time) : track.field };
}

const convKernel = (visit: Visit) => intsOf(visit.node, 'kernel_shape') ?? inputDims(visit, 1).slice(2);
const poolKernel = (visit: Visit) => intsOf(visit.node, 'kernel_shape') ?? [];

/** ConvTranspose: with output_shape or SAME the total padding follows from the shapes. */
function convTranspose(visit: Visit): readonly (Track | undefined)[] {
  const { node, tracks } = visit;
  const [track] = tracks;
  if (track === undefined) return [undefined];
  const input = inputDims(visit, 0).slice(2);
  const output = outputDims(visit).slice(2);
  const kernel = convKernel(visit);
  const at = (name: string, axis: number, fallback: number) => intsOf(node, name)?.[axis] ?? fallback;
  const auto = textOf(node, 'auto_pad') ?? 'NOTSET';
  const padBegin = (axis: number) => {
    const whole =
      at('strides', axis, 1) * (input[axis]! - 1) +
      at('output_padding', axis, 0) +
      (kernel[axis]! - 1) * at('dilations', axis, 1) +
      1;
    if (!auto.startsWith('SAME') && intsOf(node, 'output_shape') === undefined) {
      return auto === 'VALID' ? 0 : at('pads', axis, 0);
    }
    const total = Math.max(0, whole - output[axis]!);
    return auto === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
  };
  return [
    windowed(track, 'mixed', (field, axis) =>
      spread(field, output[axis - 2]!, {
        kernel: kernel[axis - 2]!,
        stride: at('strides', axis - 2, 1),
        dilation: at('dilations', axis - 2, 1),
        padBegin: padBegin(axis - 2),
      }),
    ),
  ];
}

/** Operators whose windows slide along the time axis. */
export const windows: TrackRules = {
  Conv: window('mixed', convKernel),
  ConvInteger: window('mixed', convKernel),
  ConvTranspose: convTranspose,
  AveragePool: window('kept', poolKernel),
  MaxPool: window('kept', poolKernel),
  LpPool: window('kept', poolKernel),
};
