import { intOf } from '../attributes.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { type Field, pick, readingEverything } from './field.ts';
import {
  inputDims,
  lost,
  outputDims,
  type Role,
  type Track,
  type TrackRule,
  type TrackRules,
  timeAxis,
  withoutTime,
} from './track.ts';
import { union } from './unite.ts';

/** The largest few along an axis: along time which positions they are depends on the values. */
const topK: TrackRule = ({ node, tracks: [track] }) => {
  if (track === undefined) return [undefined, undefined];
  const axis = positiveAxis(intOf(node, 'axis') ?? -1, track.roles.length);
  if (timeAxis(track) === axis) return [withoutTime(track.roles), withoutTime(track.roles)];
  const found = { ...track, roles: track.roles.map((role, i): Role => (i === axis ? 'channel' : role)) };
  return [found, found];
};

/** Of one indexed axis in front it is a Gather along it; else nothing can be told. */
const gatherNd: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track === undefined) return [undefined];
  const dims = inputDims(visit, 1);
  const indices = node.inputs[1] ? visit.integers(node.inputs[1]) : undefined;
  const plain = (intOf(node, 'batch_dims') ?? 0) === 0 && dims.length === 2 && dims[1] === 1;
  if (!plain) return [lost(outputDims(visit).length)];
  if (timeAxis(track) !== 0 || track.field === null) {
    const everything = track.field !== null && visit.tracks[1] !== undefined;
    return [everything ? { ...track, field: readingEverything(track.field!, visit.steps) } : track];
  }
  const length = inputDims(visit, 0)[0]!;
  return [
    indices === undefined
      ? withoutTime(track.roles)
      : {
          ...track,
          field: pick(
            track.field,
            indices.map((index) => positiveAxis(index, length)),
          ),
        },
  ];
};

/** Written into at places that may be anywhere: laid out as the target, or as what is written where that is a constant. */
const scatter: TrackRule = (visit) => {
  const [target, , written] = visit.tracks;
  const rank = outputDims(visit).length;
  const known = [target, written].filter((track): track is Track => track?.field != null);
  const [first, second] = known;
  if (first === undefined) return [(target ?? written) ? lost(rank) : undefined];
  const length = outputDims(visit)[timeAxis(first)];
  const fits = (track: Track) => track.roles.length === rank && timeAxis(track) === timeAxis(first);
  if (!known.every(fits) || first.field!.from.length !== length) return [lost(rank)];
  const both: Field =
    second?.field?.from.length === length ? union(first.field!, second!.field!) : first.field!;
  return [{ roles: first.roles, field: readingEverything(both, visit.steps) }];
};

/** TopK, GatherND and the scatters, as far as their places can be told without values. */
export const scattering: TrackRules = {
  TopK: topK,
  GatherND: gatherNd,
  ScatterND: scatter,
  ScatterElements: scatter,
};
