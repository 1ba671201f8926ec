import type { Classifier } from './classifier.ts';
import { constantValues } from './constantValue.ts';
import type { GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { hasTime } from './masking/positionMask.ts';
import { moduleCalled } from './nodeCalled.ts';
import type { Track } from './receptive/track.ts';

/** A layer with weights of its own for every position. */
interface StepWeights {
  readonly layer: string;
  /** How many positions it tells apart. */
  readonly positions: number;
}

type Tracked = Pick<Classifier, 'graph' | 'logits' | 'tracks' | 'modules' | 'shapes'>;

const PRODUCTS = new Set(['Gemm', 'MatMul', 'Einsum']);
const LAYS_OUT = new Set(['Flatten', 'Reshape']);
const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);
/** Hand a flattened tensor on, value by value. */
const HANDS_ON = new Set([
  ...['Identity', 'Dropout', 'Cast', 'Relu', 'LeakyRelu', 'Elu', 'Selu', 'PRelu', 'Gelu', 'Tanh', 'Sigmoid'],
  ...['BatchNormalization', 'LayerNormalization', 'Add', 'Mul', 'Sub', 'Div', 'Squeeze', 'Unsqueeze'],
]);

/**
 * Layers that tell positions apart by their weights: a linear layer over flattened time (a flatten head) or along
 * time, a recurrence whose steps are features and whose input is time, a convolution as long as what it reads.
 * @returns in the order of the graph
 */
export function stepWeights({ graph, logits, tracks, modules, shapes }: Tracked): StepWeights[] {
  const constants = constantValues(graph);
  /** Flattened tensors that are read on, with how many positions lie in them. */
  const flat = new Map<string, number>();
  const found: StepWeights[] = [];
  for (const node of liveNodes(graph.nodes, [logits])) {
    const data = node.inputs.find((name) => !constants.has(name) && tracks.has(name)) ?? '';
    const [from, into] = [tracks.get(data), tracks.get(node.outputs[0] ?? '')];
    const positions = flat.get(data) ?? countOf(from);
    const alone = node.inputs.filter((name) => tracks.has(name)).length === 1;
    if (flat.has(data) && (HANDS_ON.has(node.op) || LAYS_OUT.has(node.op))) {
      if (!hasTime(into)) flat.set(node.outputs[0]!, positions);
    } else if (LAYS_OUT.has(node.op) && flattens(from, into)) {
      flat.set(node.outputs[0]!, positions);
    } else if (alone && positions > 1 && !hasTime(into)) {
      const perStep = PRODUCTS.has(node.op)
        ? flat.has(data) || from?.roles[0] === 'batch'
        : RECURRENT.has(node.op)
          ? from?.roles[2] === 'time'
          : node.op === 'Conv' && spans(node, positions, shapes);
      if (perStep) found.push({ layer: moduleCalled(node, modules.scopes), positions });
    }
  }
  return found.filter(({ layer }, i) => found.findIndex((one) => one.layer === layer) === i);
}

function countOf(track: Track | undefined): number {
  return hasTime(track) ? track.field.from.length : 0;
}

/** Whether steps are laid beside each other for every instance. */
function flattens(from: Track | undefined, into: Track | undefined): boolean {
  const kept = into?.roles.some((role) => role === 'time' || role === 'batch×time');
  return countOf(from) > 1 && from!.roles[0] === 'batch' && into?.roles[0] === 'batch' && !kept;
}

function spans({ inputs }: GraphNode, positions: number, shapes: Tracked['shapes']): boolean {
  return (
    shapes
      .dims(inputs[1] ?? '')
      ?.slice(2)
      .includes(positions) === true
  );
}
