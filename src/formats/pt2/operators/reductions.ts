import { int } from '../../../graph/attributes.ts';
import type { Reduction } from '../../../graph/builder.ts';
import { FIRST_OF_EQUALS } from '../../../graph/gradient/rules/notes.ts';
import { axisCount, isFloat, result, scalar } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

const over = (lowering: Lowering) => {
  const self = lowering.tensor('self');
  const axes = lowering.axes('dim', self.dims.length);
  return { self, axes, keep: lowering.flag('keepdim') };
};

function reduction(op: Reduction): Lower {
  return (lowering) => {
    const { self, axes, keep } = over(lowering);
    const { dtype } = lowering.output();
    if (self.dims.length === 0) return result(lowering, lowering.cast(self, dtype));
    return result(lowering, lowering.builder.reduce(op, lowering.cast(self, dtype), axes, keep));
  };
}

/** The extreme, and where it lies. */
function extreme(op: 'ReduceMax' | 'ReduceMin', at: 'ArgMax' | 'ArgMin'): Lower {
  return (lowering) => {
    const { self, axes, keep } = over(lowering);
    const { builder } = lowering;
    const options = { keepdims: int(keep ? 1 : 0) };
    const inputs = [self.tensor, builder.ints(axes)];
    // Over one axis it gives the place as well, and the gradient goes there.
    const noted = axes.length === 1 && lowering.has('dim') ? FIRST_OF_EQUALS : undefined;
    const [tensor] = builder.addMany(op, inputs, 1, options, op, noted);
    const value = { ...lowering.output(), tensor: tensor! };
    if (lowering.node.outputs.length < 2 || lowering.node.outputs[1] === '') return [value];
    const index = lowering.builder.add(at, [self.tensor], {
      axis: int(axes[0]!),
      keepdims: int(keep ? 1 : 0),
    });
    return [value, { tensor: index, dims: value.dims, dtype: 'int64' }];
  };
}

const position =
  (op: 'ArgMax' | 'ArgMin'): Lower =>
  (lowering) => {
    const self = lowering.tensor('self');
    const flat = !lowering.has('dim');
    const tensor = flat ? lowering.builder.reshape(self.tensor, [-1]) : self.tensor;
    const axis = flat ? 0 : lowering.axis('dim', self.dims.length);
    const keep = int(lowering.flag('keepdim') ? 1 : 0);
    return result(lowering, lowering.builder.add(op, [tensor], { axis: int(axis), keepdims: keep }));
  };

/** Σ (x − mean)²/(n − correction); the deviation is written as a norm, which has a slope where it is 0. */
function variance(lowering: Lowering, root: boolean): { readonly spread: string; readonly mean: string } {
  const { builder } = lowering;
  const { self, axes, keep } = over(lowering);
  const mean = builder.reduce('ReduceMean', self.tensor, axes, true);
  const centred = builder.add('Sub', [self.tensor, mean]);
  const correction = lowering.number('correction', lowering.flag('unbiased', true) ? 1 : 0);
  const [all, free] = counts(lowering, self, axes, correction);
  const square = () => {
    const squares = builder.reduce('ReduceMean', builder.add('Mul', [centred, centred]), axes, keep);
    return correction === 0 ? squares : builder.add('Mul', [squares, builder.add('Div', [all, free])]);
  };
  const deviation = () =>
    builder.add('Div', [builder.reduce('ReduceL2', centred, axes, keep), builder.add('Sqrt', [free])]);
  return { spread: root ? deviation() : square(), mean: keep ? mean : builder.squeeze(mean, axes) };
}

/** n and n − correction, counted when the model runs where an axis is free. */
function counts(
  lowering: Lowering,
  self: ProgramValue,
  axes: readonly number[],
  correction: number,
): [string, string] {
  const { builder } = lowering;
  const sizes = axes.map((axis) => self.dims[axis]);
  if (sizes.every((size) => typeof size === 'number')) {
    const count = sizes.reduce((product, size) => product * size, 1);
    return [scalar(lowering, count, 'float32'), scalar(lowering, count - correction, 'float32')];
  }
  const picked = builder.add('Gather', [builder.shapeOf(self.tensor), builder.ints(axes)], { axis: int(0) });
  const count = lowering.cast(
    { tensor: builder.add('ReduceProd', [picked], { keepdims: int(0) }), dtype: 'int64', dims: [] },
    'float32',
  );
  return [count, builder.add('Sub', [count, builder.scalar(correction)])];
}

const truth =
  (op: 'ReduceMax' | 'ReduceMin'): Lower =>
  (lowering) => {
    const { self, axes, keep } = over(lowering);
    const asBool = lowering.cast(self, 'bool');
    const number = lowering.cast({ tensor: asBool, dtype: 'bool', dims: self.dims }, 'float32');
    const made = lowering.builder.reduce(op, number, axes, keep);
    return result(lowering, made, 'float32');
  };

const logSumExp: Lower = (lowering) => {
  const { builder } = lowering;
  const { self, axes, keep } = over(lowering);
  const most = builder.reduce('ReduceMax', self.tensor, axes, true);
  const sum = builder.reduce(
    'ReduceSum',
    builder.add('Exp', [builder.add('Sub', [self.tensor, most])]),
    axes,
    true,
  );
  const made = builder.add('Add', [builder.add('Log', [sum]), most]);
  return result(lowering, keep ? made : builder.squeeze(made, axes));
};

const spreadAndMean = (lowering: Lowering, root: boolean): ProgramValue[] => {
  const { spread, mean } = variance(lowering, root);
  const [first, second] = [lowering.output(0), lowering.output(1)];
  return [
    { ...first, tensor: spread },
    { ...second, tensor: mean },
  ];
};

/** The k largest or smallest in order, and where they lie. */
function ranked(lowering: Lowering, k: string, largest: boolean): ProgramValue[] {
  const self = lowering.tensor('self');
  const made = lowering.builder.addMany('TopK', [self.tensor, k], 2, {
    axis: int(lowering.axis('dim', self.dims.length, -1)),
    largest: int(largest ? 1 : 0),
    sorted: int(1),
  });
  return made.map((tensor, i) => ({ ...lowering.output(i), tensor }));
}

/** Mean, sum, extremes and their places, variance, norms, products. */
export const reductionRules: LowerRules = {
  mean: (lowering) => {
    const self = lowering.tensor('self');
    if (!isFloat(self.dtype)) return lowering.refuse('it means whole numbers');
    return reduction('ReduceMean')(lowering);
  },
  sum: reduction('ReduceSum'),
  amax: reduction('ReduceMax'),
  amin: reduction('ReduceMin'),
  max: extreme('ReduceMax', 'ArgMax'),
  min: extreme('ReduceMin', 'ArgMin'),
  argmax: position('ArgMax'),
  argmin: position('ArgMin'),
  var: (lowering) => result(lowering, variance(lowering, false).spread),
  std: (lowering) => result(lowering, variance(lowering, true).spread),
  var_mean: (lowering) => spreadAndMean(lowering, false),
  std_mean: (lowering) => spreadAndMean(lowering, true),
  any: truth('ReduceMax'),
  all: truth('ReduceMin'),
  logsumexp: logSumExp,
  topk: (lowering) =>
    ranked(lowering, lowering.builder.ints([lowering.int('k')]), lowering.flag('largest', true)),
  sort: (lowering) => {
    const self = lowering.tensor('self');
    const axis = lowering.axis('dim', self.dims.length, -1);
    return ranked(lowering, axisCount(lowering, self, axis), lowering.flag('descending'));
  },
  prod: (lowering) => {
    const { self, axes, keep } = over(lowering);
    const made = lowering.builder.add('ReduceProd', [self.tensor, lowering.builder.ints(axes)], {
      keepdims: int(keep ? 1 : 0),
    });
    return result(lowering, made);
  },
};
