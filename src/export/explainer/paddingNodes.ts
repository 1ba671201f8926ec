import { int } from '../../graph/attributes.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { ValueInfo } from '../../graph/graph.ts';
import { int64 } from '../../graph/tensor.ts';
import type { Side } from '../../preprocess/step.ts';
import { NAMES, type PaddingInput } from './options.ts';

type Dim = ValueInfo['dims'][number];

/** Appends the input that says which steps are real, and gives the mask float32 [N, T]; undefined where none is asked for. */
export function paddingNodes(
  builder: GraphBuilder,
  padding: PaddingInput,
  side: Side,
  batch: Dim,
  steps: number,
): string | undefined {
  if (padding === 'none') return undefined;
  if (padding === 'mask') return builder.input({ name: NAMES.mask, dtype: 'float32', dims: [batch, steps] });
  const length = builder.input({ name: NAMES.length, dtype: 'int64', dims: [batch] });
  const column = builder.unsqueeze(length, [1]);
  const step = builder.constant(
    int64(
      [1, steps],
      Array.from({ length: steps }, (_, t) => t),
    ),
    'step',
  );
  if (side === 'end') return builder.toFloat(builder.add('Less', [step, column]));
  const missing = builder.add('Sub', [builder.ints([steps]), column]);
  return builder.add('Cast', [builder.add('Not', [builder.add('Less', [step, missing])])], { to: int(1) });
}
