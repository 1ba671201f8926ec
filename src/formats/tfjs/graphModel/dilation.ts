import type { NodeDef, Port } from './nodeDef.ts';

/**
 * TensorFlow writes a dilated convolution as SpaceToBatchND → convolution → BatchToSpaceND: the steps are dealt out to
 * `rate` shorter series and put together again. Where nothing else lies in between, it is written as the dilated
 * convolution it is.
 */
export interface Dilations {
  /** Name of a SpaceToBatchND → what its BatchToSpaceND crops, [begin, end] per axis. */
  readonly crops: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  /** Names of those BatchToSpaceND. */
  readonly ends: ReadonlySet<string>;
}

const CONVOLUTIONS = new Set([
  'Conv2D',
  '_FusedConv2D',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2dNative',
]);
const AXES = new Set(['ExpandDims', 'Squeeze', 'Identity']);
/** Work value by value, or along channels; allowed once a convolution has consumed the padding. */
const BETWEEN = new Set([
  'BiasAdd',
  'Elu',
  'LeakyRelu',
  'Relu',
  'Relu6',
  'Selu',
  'Sigmoid',
  'Softplus',
  'Tanh',
]);

/** @param fixed the numbers a node holds, where they are written in the file. */
export function findDilations(
  nodes: readonly NodeDef[],
  outputs: ReadonlySet<string>,
  fixed: (port: Port | undefined) => readonly number[] | undefined,
): Dilations {
  const readers = new Map<string, NodeDef[]>();
  for (const node of nodes) {
    for (const { node: read } of node.inputs) {
      const known = readers.get(read) ?? [];
      readers.set(read, known);
      known.push(node);
    }
  }
  const crops = new Map<string, readonly (readonly [number, number])[]>();
  const ends = new Set<string>();
  for (const begin of nodes) {
    if (begin.op !== 'SpaceToBatchND') continue;
    const end = endOf(begin, readers, outputs);
    const [rates, pads] = [fixed(begin.inputs[1]), fixed(begin.inputs[2])];
    const [again, cut] = [fixed(end?.inputs[1]), fixed(end?.inputs[2])];
    if (!end || !rates || !pads || !cut || rates.join() !== again?.join()) continue;
    if (cut.length !== 2 * rates.length || pads.length !== cut.length) continue;
    if (cut.some((crop, i) => crop < 0 || crop > pads[i]!)) continue;
    crops.set(
      begin.name,
      rates.map((_, i) => [cut[2 * i]!, cut[2 * i + 1]!] as const),
    );
    ends.add(end.name);
  }
  return { crops, ends };
}

function endOf(
  begin: NodeDef,
  readers: ReadonlyMap<string, readonly NodeDef[]>,
  outputs: ReadonlySet<string>,
): NodeDef | undefined {
  let convolved = false;
  for (let at = begin; ; ) {
    const [next, ...more] = readers.get(at.name) ?? [];
    if (next === undefined || more.length > 0 || outputs.has(at.name)) return undefined;
    if (next.inputs[0]?.node !== at.name || next.inputs[0].port !== 0) return undefined;
    if (next.op === 'BatchToSpaceND') return convolved ? next : undefined;
    if (CONVOLUTIONS.has(next.op)) convolved = true;
    else if (!AXES.has(next.op) && !(convolved && BETWEEN.has(next.op))) return undefined;
    at = next;
  }
}
