import { resampling } from '../resampling.ts';
import { numbers } from '../tensor.ts';
import { gather } from './field.ts';
import {
  inputDims,
  outputDims,
  type TrackRule,
  type TrackRules,
  timeAxis,
  type Visit,
  withoutTime,
} from './track.ts';

/** As given (the output length is rounded down), or by the output size asked for; undefined where it is computed. */
function scaleOf({ node, opset, constant }: Visit, axis: number, bySizes: number): number | undefined {
  if (node.inputs[3]) return bySizes;
  const scales = node.inputs[node.op === 'Upsample' || opset < 11 ? 1 : 2];
  const value = scales ? constant(scales) : undefined;
  return value && numbers(value)[axis];
}

const resize: TrackRule = (visit) => {
  const [track] = visit.tracks;
  if (track?.field == null) return [track];
  const axis = timeAxis(track);
  const length = inputDims(visit, 0)[axis]!;
  const count = outputDims(visit)[axis]!;
  if (length === count) return [track];
  const scale = scaleOf(visit, axis, count / length);
  if (scale === undefined) return [withoutTime(track.roles)];
  const { mode, at, round } = resampling(visit.node, visit.opset, { length, count, scale });
  // A cubic kernel reaches two to either side; linear the two neighbours.
  const reach =
    mode === 'nearest' ? null : mode === 'cubic' ? { below: 1, above: 2 } : { below: 0, above: 1 };
  const inside = (index: number) => Math.min(length - 1, Math.max(0, index));
  const taps = (q: number) => {
    const x = at(q);
    const first = reach ? inside(Math.floor(x) - reach.below) : inside(round(x));
    // Exactly on a position, linear interpolation gives its neighbour weight 0.
    const exact = mode === 'linear' && Number.isInteger(x);
    const last = reach ? inside(Math.floor(x) + (exact ? 0 : reach.above)) : first;
    return { first, last, step: 1 };
  };
  const field = track.field;
  const extra = reach ? reach.below + reach.above : 0;
  return [
    {
      ...track,
      field: gather(field, count, taps, {
        first: at(0),
        step: count > 1 ? at(1) - at(0) : 1,
        size: field.size + extra * Math.abs(field.jump),
      }),
    },
  ];
};

/** Operators that stretch an axis. */
export const resizing: TrackRules = { Resize: resize, Upsample: resize };
