import { intOf, intsOf } from './attributes.ts';
import type { Graph, GraphNode } from './graph.ts';
import { positiveAxis } from './positiveAxis.ts';
import type { Role, Track } from './receptive/track.ts';
import type { Shapes } from './shapes.ts';
import type { Tensor } from './tensor.ts';

/** What is known beside the graph. */
interface Seen {
  readonly shapes: Shapes;
  readonly constants: ReadonlyMap<string, Tensor>;
  /** Steps of the input. */
  readonly steps: number;
}

/** A table of fewer rows or columns may look even by chance. */
const LEAST_TABLE = { rows: 8, columns: 4 };
/** Rows of a table of places differ from their neighbours by less than this share of what they differ from any other. */
const EVEN = 0.7;
const STATES: ReadonlySet<string> = new Set(['Sigmoid', 'Tanh', 'Relu']);
const LEAST_STATES = 3;
/** What is added to a score that is not to count. */
const SHUT = -1e4;

/** What is done along an axis that only an order can mean, with `along` behind it; those that others do, too, are no proof. */
const WORDS = {
  slides: { said: 'windows slide', isProof: true },
  runs: { said: 'a recurrence runs', isProof: true },
  cuts: { said: 'patches are cut', isProof: true },
  sums: { said: 'what lies before is summed', isProof: true },
  table: {
    said: 'places are told by a table that changes evenly, or later ones are shut out,',
    isProof: true,
  },
  last: { said: 'the last place is taken', isProof: false },
  oneTap: { said: 'a convolution of one tap goes', isProof: false },
} as const;

/**
 * How much a model does along its axis of time, and how much along that of its features, that only an order can mean: windows slide,
 * recurrent layers run, patches are cut, what lies before is summed, the last place is taken, later places are shut out,
 * places are told by a table that changes evenly. Dense layers, norms, means and attention do the same along either.
 * @param tracks how the tensors lie where the axes are taken so
 */
export function sequenceSigns(graph: Graph, tracks: ReadonlyMap<string, Track>, seen: Seen): SequenceSigns {
  const all = graph.nodes.flatMap((node) => signsOf(node, tracks, seen));
  if (runsWrittenOut(graph, tracks, seen.steps)) all.push(['time', 2, 'runs']);
  const along = (role: Role) => all.filter((sign) => sign[0] === role);
  const sum = (role: Role) => along(role).reduce((total, [, weight]) => total + weight, 0);
  const proof = along('time').find(([, , what]) => WORDS[what].isProof);
  const shown = proof ?? along('time')[0];
  return {
    ...{ time: sum('time'), features: sum('feature'), isProven: proof !== undefined },
    ...(shown && { said: WORDS[shown[2]].said }),
  };
}

/** What is done along time, and along the features. */
interface SequenceSigns {
  readonly time: number;
  readonly features: number;
  /** Whether something is done along time that is not done along features now and then. */
  readonly isProven: boolean;
  /** What it is, with `along …` behind it; absent where there is nothing. */
  readonly said?: string;
}

/** A recurrence in which every step was written down: states of which each rests on one step more than another. */
export function runsWrittenOut(graph: Graph, tracks: ReadonlyMap<string, Track>, steps: number): boolean {
  const [fromStart, toEnd] = [new Set<number>(), new Set<number>()];
  for (const { op, outputs } of graph.nodes) {
    const { cut } = tracks.get(outputs[0] ?? '') ?? {};
    if (!cut || !STATES.has(op)) continue;
    if (cut.first === 0 && cut.last < steps) fromStart.add(cut.last);
    if (cut.last === steps - 1) toEnd.add(cut.first);
  }
  return Math.max(fromStart.size, toEnd.size) >= LEAST_STATES;
}

type Sign = readonly [role: Role | undefined, weight: number, what: keyof typeof WORDS];

function signsOf(node: GraphNode, tracks: ReadonlyMap<string, Track>, seen: Seen): readonly Sign[] {
  const track = tracks.get(node.inputs[0] ?? '');
  const beside = tracks.get(node.inputs[1] ?? '');
  switch (node.op) {
    case 'Conv':
    case 'ConvInteger':
    case 'ConvTranspose':
    case 'MaxPool':
    case 'AveragePool':
      return track ? slidingAxes(node, track, seen) : [];
    case 'LSTM':
    case 'GRU':
    case 'RNN':
      return [[track?.roles[intOf(node, 'layout') === 1 ? 1 : 0], 2, 'runs']];
    case 'Gather':
      return track ? gathered(node, track, seen) : [];
    case 'CumSum': {
      const [axis] = seen.shapes.integers(node.inputs[1] ?? '') ?? [];
      return track && axis !== undefined
        ? [[track.roles[positiveAxis(axis, track.roles.length)], 2, 'sums']]
        : [];
    }
    case 'Add':
    case 'Sub':
    case 'Mul':
      return track
        ? byTable(node.inputs[1], track, seen)
        : beside
          ? byTable(node.inputs[0], beside, seen)
          : [];
    default:
      return [];
  }
}

function slidingAxes(node: GraphNode, track: Track, { shapes }: Seen): readonly Sign[] {
  const kernel = intsOf(node, 'kernel_shape') ?? shapes.dims(node.inputs[1] ?? '')?.slice(2) ?? [];
  const output = shapes.dims(node.outputs[0]!) ?? [];
  const along = track.roles.filter((_, axis) => axis >= 2 && kernel[axis - 2]! > 1 && output[axis]! > 1);
  const mixes = node.op.startsWith('Conv') && ['time', 'feature'].includes(track.roles[1]!);
  // A 1-D convolution of one tap still says which axis of the input it takes for channels.
  if (mixes && along.length === 0 && track.roles.length === 3) return [[track.roles[2], 0.5, 'oneTap']];
  // Where the channels are the other axis of the input, there is no doubt which one is walked along.
  return along.map((role) => [role, mixes ? 3 : 2, 'slides']);
}

function gathered(node: GraphNode, track: Track, { shapes, steps }: Seen): readonly Sign[] {
  const axis = positiveAxis(intOf(node, 'axis') ?? 0, track.roles.length);
  const role = track.roles[axis];
  const places = shapes.dims(node.inputs[1] ?? '');
  if (places?.length === 2) return [[role, 2, 'cuts']];
  const [at] = shapes.integers(node.inputs[1] ?? '') ?? [];
  const size = shapes.dims(node.inputs[0]!)?.[axis];
  const isLast = places?.length === 0 && (at === -1 || at === steps - 1) && size === steps;
  // Before features are mixed the last one may well be a mask or a clock.
  return isLast && track.roles.includes('channel') ? [[role, 2, 'last']] : [];
}

/** What is added to or multiplied with each place. */
function byTable(name: string | undefined, track: Track, { shapes, constants }: Seen): readonly Sign[] {
  const table = constants.get(name ?? '');
  if (!table || !(table.data instanceof Float32Array || table.data instanceof Float64Array)) return [];
  const rank = track.roles.length;
  const dims = [...Array.from({ length: rank - table.dims.length }, () => 1), ...table.dims];
  const axes = dims.flatMap((dim, axis) => (dim > 1 ? [axis] : []));
  if (dims.length !== rank || axes.length !== 2) return [];
  const [first, second] = axes as [number, number];
  const [rows, columns] = [dims[first]!, dims[second]!];
  if (shapes.dims(name!) && rows === columns && shutsLaterOut(table.data, rows))
    return [[track.roles[first], 2, 'table']];
  return [
    ...(isEven(table.data, rows, columns, columns, 1) ? ([[track.roles[first], 2, 'table']] as const) : []),
    ...(isEven(table.data, columns, rows, 1, columns) ? ([[track.roles[second], 2, 'table']] as const) : []),
  ];
}

/** A square of which row i leaves what lies behind i out, and nothing else. */
function shutsLaterOut(data: ArrayLike<number>, size: number): boolean {
  if (size < 3) return false;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (data[row * size + column]! <= SHUT !== column > row) return false;
    }
  }
  return true;
}

/** Whether neighbouring rows are clearly more alike than rows are. */
function isEven(
  data: ArrayLike<number>,
  rows: number,
  columns: number,
  toNext: number,
  toColumn: number,
): boolean {
  if (rows < LEAST_TABLE.rows || columns < LEAST_TABLE.columns) return false;
  const differ = (by: number): number => {
    let sum = 0;
    for (let row = 0; row + by < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = row * toNext + column * toColumn;
        sum += Math.abs(data[at + by * toNext]! - data[at]!);
      }
    }
    return sum / ((rows - by) * columns);
  };
  const far = [2, 3, 4, 5].map((part) => differ(Math.max(2, Math.floor((rows * part) / 8))));
  const any = far.reduce((sum, one) => sum + one, 0) / far.length;
  return any > 0 && differ(1) < EVEN * any;
}
