import type { Finding } from '../finding.ts';
import { int } from './attributes.ts';
import type { Graph, GraphNode, ValueInfo } from './graph.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import { int64 } from './tensor.ts';

/** Inputs that are 1 on padding, as attention layers of PyTorch have them. */
const TRUE_ON_PADDING = /(^|[._])(src_)?(key_)?padding_?mask$|(^|[._])pad_?mask$|(^|[._])is_?pad(ding)?$/i;
const CAST_TO: Readonly<Record<string, number>> = {
  ...{ bool: 9, float32: 1, float64: 11 },
  ...{ int8: 3, int16: 5, int32: 6, int64: 7, uint8: 2, uint16: 4, uint32: 12, uint64: 13 },
};
/** What attention layers add to the scores of padding; its exponential is 0. */
const ADDED_TO_PADDING = -1e4;

/** 1 on real steps, 1 on padding, or added to scores: 0 on real steps and far below 0 on padding. */
export type MaskMeaning = 'real' | 'padding' | 'added';

/** A model that takes the padding mask beside the series. */
interface WithMask {
  /** The same model, its mask the float32 input MASK_INPUT [N, T], 1 on real steps. */
  readonly graph: Graph;
  readonly finding: Finding;
  /** Steps of the mask; null where they are free. */
  readonly steps: number | null;
  /** What the mask of somebody else may mean, likeliest by its name first; none of ours. */
  readonly meanings: readonly MaskMeaning[];
}

/**
 * Recognises the second input of a model as its padding mask: [N, T], or [N, 1, T] and [N, T, 1], of floats, truth
 * values or whole numbers, beside a series of rank 3 or 4. Ours is told by its name.
 * @param shown what probes of the model show its mask to mean; null where they show nothing, undefined where none was made
 * @returns undefined where the inputs are no series and its mask
 */
export function withMaskInput(graph: Graph, shown?: MaskMeaning | null): WithMask | undefined {
  if (graph.inputs.length !== 2) return undefined;
  const [one, other] = graph.inputs as [ValueInfo, ValueInfo];
  // A series of one feature looks like a mask of its own; beside a mask [N, T] it is none.
  const series = graph.inputs.find(isSeries) ?? (isFlat(other) ? one : isFlat(one) ? other : undefined);
  if (!series || isFlat(series) || !isFloat(series)) return undefined;
  const mask = graph.inputs.find((info) => info !== series);
  if (!mask || !isMask(mask, series)) return undefined;
  const time = mask.dims.slice(1).findLast((dim) => dim !== 1) ?? null;
  const steps = typeof time === 'number' ? time : null;
  if (mask.name === MASK_INPUT)
    return { graph, finding: said(mask.name, 'real', 'real'), steps, meanings: [] };
  const byName = TRUE_ON_PADDING.test(mask.name) ? 'padding' : 'real';
  const meaning = shown ?? byName;
  const batch = mask.dims[0] ?? null;
  const nodes: GraphNode[] = [];
  const constants = new Map(graph.constants);
  const add = (op: string, inputs: string[], attributes: GraphNode['attributes'] = {}, output?: string) => {
    const name = output ?? `attribution_mask_given/${op}_${nodes.length}`;
    nodes.push({
      op,
      domain: '',
      name: `attribution_mask_given/${nodes.length}`,
      inputs,
      outputs: [name],
      attributes,
    });
    return name;
  };
  let at: string = MASK_INPUT;
  if (meaning !== 'real') {
    const [one, low] = ['attribution_mask_given/one', 'attribution_mask_given/low'];
    constants.set(one, { dtype: 'float32', dims: [], data: Float32Array.of(1) });
    at = add('Sub', [one, at]);
    if (meaning === 'added') {
      constants.set(low, { dtype: 'float32', dims: [], data: Float32Array.of(ADDED_TO_PADDING) });
      at = add('Mul', [at, low]);
    }
  }
  if (mask.dims.length === 3) {
    const shape = 'attribution_mask_given/shape';
    constants.set(shape, int64([3], mask.dims[1] === 1 ? [0, 1, -1] : [0, -1, 1]));
    at = add('Reshape', [at, shape]);
  }
  add('Cast', [at], { to: int(CAST_TO[mask.dtype!]!) }, mask.name);
  const input: ValueInfo = { name: MASK_INPUT, dtype: 'float32', dims: [batch, time] };
  return {
    graph: { ...graph, inputs: [series, input], constants, nodes: [...nodes, ...graph.nodes] },
    finding: said(mask.name, meaning, shown),
    steps,
    meanings: [
      byName,
      byName === 'real' ? 'padding' : 'real',
      ...(isFloat(mask) ? (['added'] as const) : []),
    ],
  };
}

function isSeries(info: ValueInfo): boolean {
  const { dims } = info;
  return isFloat(info) && (dims.length === 4 || (dims.length === 3 && !dims.slice(1).includes(1)));
}

function isFloat({ dtype }: ValueInfo): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** One value per instance and step. */
function isFlat({ dims }: ValueInfo): boolean {
  return dims.length === 2;
}

/** One value per instance and step. */
function isMask({ dtype, dims }: ValueInfo, series: ValueInfo): boolean {
  if (dtype === null || CAST_TO[dtype] === undefined) return false;
  const singleton = dims.length === 3 && dims.slice(1).filter((dim) => dim === 1).length === 1;
  if (dims.length !== 2 && !singleton) return false;
  const time = dims.slice(1).find((dim) => dim !== 1);
  return (
    typeof time !== 'number' || series.dims.slice(1).some((dim) => dim === time || typeof dim !== 'number')
  );
}

const MEANS: Readonly<Record<MaskMeaning, string>> = {
  real: '1 on real steps',
  padding: '1 on padding',
  added: '0 on real steps and far below on padding',
};

function said(name: string, meaning: MaskMeaning, shown: MaskMeaning | null | undefined): Finding {
  const fed = `The model takes the padding mask as its input "${name}": it is fed from the data, ${MEANS[meaning]}`;
  if (shown !== null) return { code: 'mask-input', severity: 'info', sentence: `${fed}.` };
  const other = meaning === 'real' ? 'padding_mask' : 'mask';
  return {
    code: 'mask-input',
    severity: 'warning',
    sentence: `${fed}, by its name alone: the model reads steps under either value of it, so nothing shows whether that is right; export it with the name "${other}" where it is not.`,
  };
}
