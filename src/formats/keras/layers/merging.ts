import { listed } from '../../../format.ts';
import { int } from '../../../graph/attributes.ts';
import { flatten } from '../given.ts';
import type { LayerCall, LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, storedAxis, value } from '../value.ts';
import { type Merged, maskedExtreme, maskedProduct } from './maskedMerging.ts';
import { anyOver } from './shape.ts';
import type { Dim } from './spatial.ts';

/** Operands in one order of axes: the one a convolution gave, where they all have that rank. */
function aligned(context: LayerContext, values: readonly LayerValue[]): LayerValue[] {
  const rank = values[0]!.dims.length;
  const first = values.some((one) => one.channelsFirst) && values.every(({ dims }) => dims.length === rank);
  return values.map((one) =>
    first ? { ...one, tensor: context.first(one), channelsFirst: true } : context.plain(one),
  );
}

/** Dims under broadcasting from the right. */
export function broadcastDims(context: LayerContext, all: readonly (readonly Dim[])[]): Dim[] {
  const rank = Math.max(...all.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const here = all.flatMap((dims) => {
      const at = axis - rank + dims.length;
      return at < 0 ? [] : [dims[at]!];
    });
    const wide = here.filter((dim) => dim !== 1);
    const known = new Set(wide.filter((dim) => dim !== null));
    if (known.size > 1)
      context.config.refuse(
        `its inputs have different lengths (${listed([...known].map(String))}) on axis ${axis}`,
      );
    return wide.length === 0 ? 1 : ([...known][0] ?? null);
  });
}

function operands(context: LayerContext, call: LayerCall, least: number): LayerValue[] {
  const values = flatten(call.args);
  if (values.length < least) context.config.refuse(`it is called with ${values.length} inputs`);
  return values;
}

/** Keras puts axes of length 1 behind the batch where an operand has fewer. */
function sameRank(context: LayerContext, values: readonly LayerValue[]): LayerValue[] {
  const rank = Math.max(...values.map(({ dims }) => dims.length));
  return values.map((one) => {
    const missing = rank - one.dims.length;
    if (missing === 0) return one;
    const axes = Array.from({ length: missing }, (_, i) => i + 1);
    const [batch, ...rest] = one.dims;
    const dims = [batch!, ...axes.map(() => 1), ...rest];
    return value(context.builder.unsqueeze(context.keras(one), axes), dims, { mask: one.mask });
  });
}

type Merge = (context: LayerContext, tensors: readonly string[]) => string;
type MaskedMerge = (context: LayerContext, values: readonly LayerValue[]) => Merged;

/** @param masked what Keras 3 does instead where an operand is masked. */
function elementwise(write: Merge, masked?: MaskedMerge): LayerRule {
  return {
    mask: 'own',
    write(context, _, call) {
      const values = aligned(context, sameRank(context, operands(context, call, 1)));
      const dims = broadcastDims(
        context,
        values.map((one) => one.dims),
      );
      const special = context.dialect === 3 && values.some(({ mask }) => mask !== undefined);
      const tensors = () => values.map((one) => one.tensor);
      const { tensor, mask } =
        masked !== undefined && special
          ? masked(context, values)
          : { tensor: write(context, tensors()), mask: mergedMask(context, values) };
      return value(tensor, dims, { channelsFirst: values[0]!.channelsFirst, mask });
    },
  };
}

/** Keras 3: a step counts where it counts in any operand, if all are masked; Keras 2: in all that are masked. */
function mergedMask({ builder, dialect }: LayerContext, values: readonly LayerValue[]): string | undefined {
  const masks = values.flatMap(({ mask }) => (mask === undefined ? [] : [mask]));
  if (masks.length === 0 || (dialect === 3 && masks.length < values.length)) return undefined;
  const op = dialect === 3 ? 'Or' : 'And';
  return masks.reduce((all, mask) => (all === mask ? all : builder.add(op, [all, mask])));
}

const pairwise = (op: string) => (context: LayerContext, tensors: readonly string[]) =>
  tensors.reduce((all, tensor) => context.builder.add(op, [all, tensor]));

const average: LayerRule = elementwise((context, tensors) =>
  context.builder.add('Mul', [pairwise('Add')(context, tensors), context.builder.scalar(1 / tensors.length)]),
);

const concatenate: LayerRule = {
  mask: 'own',
  write(context, _, call) {
    const { config } = context;
    const values = aligned(context, operands(context, call, 1));
    const rank = values[0]!.dims.length;
    const asked = config.integers('axis', [-1])[0]!;
    const axis = asked < 0 ? asked + rank : asked;
    if (axis < 1 || axis >= rank || values.some(({ dims }) => dims.length !== rank)) {
      config.wrong('axis', `an axis from 1 to ${rank - 1} of inputs of one rank`);
    }
    const tensors = values.map(({ tensor }) => tensor);
    const tensor =
      tensors.length === 1
        ? tensors[0]!
        : context.builder.add('Concat', tensors, { axis: int(storedAxis(values[0]!, axis)) });
    const dims = values[0]!.dims.map((dim, i) =>
      i === axis
        ? values.reduce<Dim>((sum, { dims }) => (sum === null || dims[i] === null ? null : sum + dims[i]!), 0)
        : (values.find(({ dims }) => dims[i] !== null)?.dims[i] ?? dim),
    );
    return value(tensor, dims, {
      channelsFirst: values[0]!.channelsFirst,
      mask: concatenatedMask(context, values, axis),
    });
  },
};

/** Along time the masks are put side by side; else a step counts where it counts in any (Keras 2: in every) input. */
function concatenatedMask(
  context: LayerContext,
  values: readonly LayerValue[],
  axis: number,
): string | undefined {
  const { builder, dialect } = context;
  if (values.every(({ mask }) => mask === undefined)) return undefined;
  const rank = values[0]!.dims.length;
  const unmasked = values.find(({ mask }) => mask === undefined);
  if (axis === 1) {
    const masks = values.map((one) => one.mask ?? everything(context, one));
    return builder.add('Concat', masks, { axis: int(1) });
  }
  if (axis !== rank - 1)
    return context.config.refuse(
      'masked inputs are put together along an axis that is neither time nor channels',
    );
  if (unmasked !== undefined && dialect === 3) return everything(context, unmasked);
  const masks = values.flatMap(({ mask }) => (mask === undefined ? [] : [mask]));
  return masks.reduce((all, mask) =>
    all === mask ? all : builder.add(dialect === 3 ? 'Or' : 'And', [all, mask]),
  );
}

/** bool [N, T], all true. */
function everything(context: LayerContext, one: LayerValue): string {
  const { builder } = context;
  const plain = context.keras(one);
  const same = builder.equal(plain, plain);
  const axes = one.dims.slice(2).map((_, i) => i + 2);
  return axes.reduceRight((mask, axis) => anyOver(builder, mask, axis, false), same);
}

/** Batched product over one axis of each, of vectors made unit vectors where `normalize`. */
const dot: LayerRule = {
  mask: 'drops',
  write(context, _, call) {
    const { builder, config } = context;
    const [a, b] = operands(context, call, 2).map((one) => context.plain(one));
    const given = config.integers('axes');
    const positive = (axis: number, { dims }: LayerValue) => (axis < 0 ? axis + dims.length : axis);
    const axisA = positive(given[0]!, a!);
    const axisB = positive(given[1] ?? given[0]!, b!);
    for (const one of [a!, b!]) context.rank(one, 2, 3);
    if (![axisA, axisB].every((axis) => axis >= 1) || axisA >= a!.dims.length || axisB >= b!.dims.length) {
      config.wrong('axes', 'axes of the inputs');
    }
    const unit = (one: LayerValue, axis: number) => {
      if (!config.flag('normalize', false)) return one.tensor;
      const squares = builder.reduce('ReduceSum', builder.add('Mul', [one.tensor, one.tensor]), [axis], true);
      const norm = builder.add('Sqrt', [builder.add('Max', [squares, builder.scalar(1e-12)])]);
      return builder.add('Div', [one.tensor, norm]);
    };
    // [N, …, K] · [N, K, …]
    const left = matrix(builder, unit(a!, axisA), a!, axisA, 'last');
    const right = matrix(builder, unit(b!, axisB), b!, axisB, 'first');
    const product = builder.add('MatMul', [left, right]);
    const restA = a!.dims.slice(1).filter((_, i) => i + 1 !== axisA);
    const restB = b!.dims.slice(1).filter((_, i) => i + 1 !== axisB);
    const dims = [a!.dims[0]!, ...restA, ...restB];
    const singletons = [...(restA.length === 0 ? [1] : []), ...(restB.length === 0 ? [2] : [])];
    if (singletons.length === 2) return value(builder.squeeze(product, [2]), [a!.dims[0]!, 1]);
    return value(singletons.length === 1 ? builder.squeeze(product, singletons) : product, dims);
  },
};

/** [N, rows, columns] with the axis that is summed over where the product wants it. */
function matrix(
  builder: LayerContext['builder'],
  tensor: string,
  { dims }: LayerValue,
  axis: number,
  place: 'first' | 'last',
): string {
  if (dims.length === 2) return builder.unsqueeze(tensor, [place === 'last' ? 1 : 2]);
  return axis === (place === 'last' ? 2 : 1) ? tensor : builder.transpose(tensor, [0, 2, 1]);
}

/** Layers of several inputs of one shape, Concatenate and Dot. */
export const mergingRules: LayerRules = {
  Add: elementwise(pairwise('Add')),
  Subtract: elementwise(pairwise('Sub')),
  Multiply: elementwise(pairwise('Mul'), maskedProduct),
  Maximum: elementwise(pairwise('Max'), (context, values) => maskedExtreme(context, 'Max', values)),
  Minimum: elementwise(pairwise('Min'), (context, values) => maskedExtreme(context, 'Min', values)),
  Average: average,
  Concatenate: concatenate,
  Dot: dot,
};
