import type { Graph, ValueInfo } from './graph.ts';
import type { InputLayout } from './inputLayout.ts';
import { type MaskMeaning, withMaskInput } from './maskInput.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import type { LoadedGraph, Runtime } from './runtime.ts';
import { elementCount, float32, numbers, type Tensor, tensor } from './tensor.ts';

/** What is fed to a model to see what its mask means. */
interface Tried {
  readonly input: {
    readonly name: string;
    readonly dtype: 'float32' | 'float64';
    readonly layout: InputLayout;
  };
  /** Of the input, none of them free. */
  readonly dims: readonly number[];
}

/** Steps from which on there is enough between what is real and what is not. */
const FEWEST = 4;
/** A change against the larger one that counts as none: rounding. */
const NONE = 1e-4;

const known = new WeakMap<Graph, Promise<MaskMeaning | undefined>>();

/**
 * What a mask of somebody else's means, from the steps the model reads: altered where a mask of the right meaning says
 * padding, the answer stays. Two masks, as lengths that are counted from the mask are read from the first step on.
 * @returns undefined where no meaning shows, as of a model that reads all steps whatever the mask
 */
export function maskMeaning(
  file: Graph,
  meanings: readonly MaskMeaning[],
  runtime: Runtime,
  tried: Tried,
): Promise<MaskMeaning | undefined> {
  let found = known.get(file);
  if (!found) {
    found = firstThatShows(file, meanings, runtime, tried);
    known.set(file, found);
  }
  return found;
}

async function firstThatShows(
  file: Graph,
  meanings: readonly MaskMeaning[],
  runtime: Runtime,
  tried: Tried,
): Promise<MaskMeaning | undefined> {
  const steps = tried.dims[tried.input.layout.indexOf('T')]!;
  if (steps < FEWEST) return undefined;
  for (const meaning of meanings) {
    const { graph } = withMaskInput(file, meaning)!;
    const session = await runtime.load(graph, { planMemory: false });
    try {
      if (await readsRealAlone(session, graph.outputs, tried, steps)) return meaning;
    } finally {
      await session.dispose();
    }
  }
  return undefined;
}

/** Whether altered real steps change the answer and altered padding does not, and never the other way round. */
async function readsRealAlone(
  session: LoadedGraph,
  outputs: readonly ValueInfo[],
  { input, dims }: Tried,
  steps: number,
): Promise<boolean> {
  const quarter = Math.ceil(steps / 4);
  const first = (t: number) => t < quarter;
  const last = (t: number) => t >= steps - quarter;
  const rest = (t: number) => t >= quarter;
  const time = input.layout.indexOf('T');
  const inner = elementCount(dims.slice(time + 1));
  const answer = async (real: (t: number) => boolean, altered: (t: number) => boolean) => {
    const values = Array.from({ length: elementCount(dims) }, (_, i) => {
      const t = Math.floor(i / inner) % steps;
      return Math.sin(i * i + 1) + (altered(t) ? 1 + Math.cos(3 * i) : 0);
    });
    const mask = Array.from({ length: dims[0]! * steps }, (_, i) => (real(i % steps) ? 1 : 0));
    const x: Tensor =
      input.dtype === 'float32' ? float32(dims, values) : tensor('float64', dims, Float64Array.from(values));
    const given = await session.run({ [input.name]: x, [MASK_INPUT]: float32([dims[0]!, steps], mask) });
    return outputs.flatMap(({ name }) => numbers(given[name]!));
  };
  let shown = 0;
  for (const [real, changed, padding] of [
    [first, first, last],
    [rest, rest, first],
  ] as const) {
    const as = await answer(real, () => false);
    const [byReal, byPadding] = [
      apart(as, await answer(real, changed)),
      apart(as, await answer(real, padding)),
    ];
    if (byPadding <= NONE * byReal && byReal > 0) shown++;
    else if (byReal <= NONE * byPadding && byPadding > 0) return false;
  }
  return shown > 0;
}

/** The largest difference; NaN where one of them is no number. */
function apart(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, value, i) => {
    const off = Math.abs(value - b[i]!);
    return off <= most ? most : off;
  }, 0);
}
