import { int } from '../../../graph/attributes.ts';
import { int64, numbers } from '../../../graph/tensor.ts';
import { axisCount, result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

/** The smallest `count` along an axis in order (all of them unless given), and where they lie. */
function smallest(
  { builder }: Lowering,
  tensor: string,
  {
    axis,
    count,
    descending = false,
  }: { readonly axis: number; readonly count: string; readonly descending?: boolean },
): [string, string] {
  const options = { axis: int(axis), largest: int(descending ? 1 : 0), sorted: int(1) };
  return builder.addMany('TopK', [tensor, count], 2, options) as [string, string];
}

function place({ builder }: Lowering, tensor: string, axis: number, at: number, keep: boolean): string {
  return builder.add('Gather', [tensor, builder.constant(int64(keep ? [1] : [], [at]))], { axis: int(axis) });
}

/** Of an even number of values the lower one in the middle. */
const median: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const isWhole = !lowering.has('dim');
  if (isWhole && self.dims.some((dim) => typeof dim !== 'number'))
    return lowering.refuse('it takes the median of all instances together');
  const axis = isWhole ? 0 : lowering.axis('dim', self.dims.length);
  const keep = lowering.flag('keepdim');
  const size = isWhole
    ? self.dims.reduce<number>((product, dim) => product * Number(dim), 1)
    : lowering.known(self, axis);
  const from = isWhole ? lowering.builder.reshape(self.tensor, [-1]) : self.tensor;
  const middle = Math.floor((size - 1) / 2);
  const made = smallest(lowering, from, { axis, count: lowering.builder.ints([middle + 1]) });
  const [values, at] = made.map((tensor) => place(lowering, tensor, axis, middle, keep));
  const value = { ...lowering.output(), tensor: values! };
  return isWhole ? [value] : [value, { tensor: at!, dims: value.dims, dtype: 'int64' }];
};

const argsort: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, -1);
  const count = axisCount(lowering, self, axis);
  const [, at] = smallest(lowering, self.tensor, { axis, count, descending: lowering.flag('descending') });
  return result(lowering, at, 'int64');
};

/** Where a share of the values lies among `size` in order, in float32 as PyTorch has it: the two beside it, and the way between. */
function between(
  share: number,
  size: number,
  how: string,
): [lower: number, upper: number, way: number] | undefined {
  const at = Math.fround(Math.fround(share) * (size - 1));
  const [lower, upper] = [Math.floor(at), Math.ceil(at)];
  if (how === 'linear') return [lower, upper, Math.fround(at - lower)];
  if (how === 'lower') return [lower, lower, 0];
  if (how === 'higher') return [upper, upper, 0];
  if (how === 'midpoint') return [lower, upper, lower === upper ? 0 : 0.5];
  if (how !== 'nearest') return undefined;
  const even = lower % 2 === 0 ? lower : upper;
  const nearest = at - lower === 0.5 ? even : Math.round(at);
  return [nearest, nearest, 0];
}

const quantile: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const given = lowering.optional('q');
  const table = given && lowering.constantOf(given);
  if (given && !table) return lowering.refuse('its shares are computed');
  const shares = table ? Array.from(numbers(table)) : [lowering.number('q')];
  const isFlat = !lowering.has('dim');
  if (isFlat && self.dims.some((dim) => typeof dim !== 'number'))
    return lowering.refuse('it takes the quantile of all instances together');
  const keep = lowering.flag('keepdim');
  if (isFlat && keep) return lowering.refuse('it keeps the axes of all values together');
  const axis = isFlat ? 0 : lowering.axis('dim', self.dims.length);
  const flat: ProgramValue = isFlat
    ? {
        ...self,
        tensor: builder.reshape(self.tensor, [-1]),
        dims: [self.dims.reduce<number>((product, dim) => product * Number(dim), 1)],
      }
    : self;
  const size = lowering.known(flat, axis);
  const how = lowering.text('interpolation', 'linear');
  const [ordered] = smallest(lowering, flat.tensor, { axis, count: builder.ints([size]) });
  const made = shares.map((share) => {
    const found = between(share, size, how);
    if (!found) return lowering.refuse(`its interpolation is "${how}"`);
    const [lower, upper, way] = found;
    const low = place(lowering, ordered, axis, lower, keep);
    if (way === 0) return low;
    const up = builder.add('Sub', [place(lowering, ordered, axis, upper, keep), low]);
    return builder.add('Add', [low, builder.add('Mul', [up, builder.scalar(way)])]);
  });
  const isList = table !== undefined && table.dims.length > 0;
  return result(
    lowering,
    isList
      ? builder.concat(
          made.map((one) => builder.unsqueeze(one, [0])),
          0,
        )
      : made[0]!,
  );
};

/** What stands at a place of the values in order. Of equal values another one may be taken than PyTorch's. */
export const rankingRules: LowerRules = { median, argsort, quantile };
