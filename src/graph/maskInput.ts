import type { Finding } from '../finding.ts';
import { int } from './attributes.ts';
import type { Graph, GraphNode, ValueInfo } from './graph.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import { int64 } from './tensor.ts';

/** Inputs that are 1 on padding, as attention layers of PyTorch have them. */
const TRUE_ON_PADDING = /(^|[._])(src_)?(key_)?padding_?mask$|(^|[._])pad_?mask$|(^|[._])is_?pad(ding)?$/i;
const CAST_TO: Readonly<Record<string, number>> = {
  bool: 9,
  int64: 7,
  int32: 6,
  uint8: 2,
  float32: 1,
  float64: 11,
};

/** A model that takes the padding mask beside the series. */
interface WithMask {
  /** The same model, its mask the float32 input MASK_INPUT [N, T], 1 on real steps. */
  readonly graph: Graph;
  readonly finding: Finding;
}

/**
 * Recognises the second input of a model as its padding mask: [N, T], or [N, 1, T] and [N, T, 1], of floats, truth
 * values or whole numbers, beside a series of rank 3 or 4. Ours is told by its name.
 * @returns undefined where the inputs are no series and its mask
 */
export function withMaskInput(graph: Graph): WithMask | undefined {
  if (graph.inputs.length !== 2) return undefined;
  const [one, other] = graph.inputs as [ValueInfo, ValueInfo];
  // A series of one feature looks like a mask of its own; beside a mask [N, T] it is none.
  const series = graph.inputs.find(isSeries) ?? (isFlat(other) ? one : isFlat(one) ? other : undefined);
  if (!series || isFlat(series) || !isFloat(series)) return undefined;
  const mask = graph.inputs.find((info) => info !== series);
  if (!mask || !isMask(mask, series)) return undefined;
  if (mask.name === MASK_INPUT) return { graph, finding: said(mask.name, false) };
  const onPadding = TRUE_ON_PADDING.test(mask.name);
  const [batch, time] = [mask.dims[0] ?? null, mask.dims.findLast((dim) => dim !== 1) ?? null];
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
  if (onPadding) {
    const one = 'attribution_mask_given/one';
    constants.set(one, { dtype: 'float32', dims: [], data: Float32Array.of(1) });
    at = add('Sub', [one, at]);
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
    finding: said(mask.name, onPadding),
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

function said(name: string, onPadding: boolean): Finding {
  return {
    code: 'mask-input',
    severity: 'info',
    sentence: `The model takes the padding mask as its input "${name}": it is fed from the data, 1 on ${onPadding ? 'padding, as its name says' : 'real steps'}.`,
  };
}
