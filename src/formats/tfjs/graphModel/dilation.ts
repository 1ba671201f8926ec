import { type NodeDef, nodesInOrder } from './nodeDef.ts';

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

/**
 * TensorFlow writes a dilated convolution as SpaceToBatchND → convolution → BatchToSpaceND: the steps are dealt out to
 * `rate` shorter series and put together again. Where nothing else lies in between, the SpaceToBatchND gets blocks and
 * crops of its BatchToSpaceND as two more inputs, so that the dilated convolution can be written instead.
 * @returns the nodes, each behind those it reads.
 */
export function pairDilations(nodes: readonly NodeDef[], outputs: ReadonlySet<string>): readonly NodeDef[] {
  const readers = new Map<string, NodeDef[]>();
  for (const node of nodes) {
    for (const { node: read } of node.inputs) {
      const known = readers.get(read) ?? [];
      readers.set(read, known);
      known.push(node);
    }
  }
  let found = false;
  const paired = nodes.map((node) => {
    const end = node.op === 'SpaceToBatchND' ? endOf(node, readers, outputs) : undefined;
    const [, blocks, crops] = end?.inputs ?? [];
    if (node.inputs.length !== 3 || blocks === undefined || crops === undefined) return node;
    found = true;
    return { ...node, inputs: [...node.inputs, blocks, crops] };
  });
  return found ? nodesInOrder(paired) : nodes;
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
