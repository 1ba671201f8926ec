import type { LayerContext } from '../layerContext.ts';
import type { LayerValue } from '../value.ts';

/** Operands in one order of axes, and what they have become. */
export interface Merged {
  readonly tensor: string;
  readonly mask: string | undefined;
}

/** bool, broadcast over the channels of a value [N, T, C]. */
function wide(
  { builder, config }: LayerContext,
  { mask, dims, channelsFirst }: LayerValue,
): string | undefined {
  if (mask === undefined) return undefined;
  if (dims.length !== 3) config.refuse('masked inputs of a rank other than 3 are merged');
  return builder.unsqueeze(mask, [channelsFirst ? 1 : 2]);
}

function either({ builder }: LayerContext, a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a === b ? a : builder.add('Or', [a, b]);
}

/** Keras 3: a masked step counts as 1; where all inputs are masked it is 0. */
export function maskedProduct(context: LayerContext, values: readonly LayerValue[]): Merged {
  const { builder } = context;
  const factors = values.map((one) => {
    const counts = wide(context, one);
    return counts === undefined ? one.tensor : builder.add('Where', [counts, one.tensor, builder.scalar(1)]);
  });
  const product = factors.reduce((all, factor) => builder.add('Mul', [all, factor]));
  const mask = values.map((one) => one.mask).reduce((all, one) => either(context, all, one));
  if (mask === undefined) return { tensor: product, mask };
  const counts = wide(context, { ...values[0]!, mask })!;
  return { tensor: builder.add('Where', [counts, product, builder.scalar(0)]), mask };
}

/** Keras 3: at a masked step the other input is taken. */
export function maskedExtreme(
  context: LayerContext,
  op: 'Max' | 'Min',
  values: readonly LayerValue[],
): Merged {
  const { builder } = context;
  const [first, ...others] = values as [LayerValue, ...LayerValue[]];
  return others.reduce<Merged>(
    (all, one) => {
      const counts = wide(context, one);
      const next = counts === undefined ? one.tensor : builder.add('Where', [counts, one.tensor, all.tensor]);
      const before = wide(context, { ...one, mask: all.mask });
      const kept = before === undefined ? all.tensor : builder.add('Where', [before, all.tensor, next]);
      return { tensor: builder.add(op, [kept, next]), mask: either(context, all.mask, one.mask) };
    },
    { tensor: first.tensor, mask: first.mask },
  );
}
