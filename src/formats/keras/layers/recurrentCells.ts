import { floats, int, text } from '../../../graph/attributes.ts';
import type { Attribute, Attributes } from '../../../graph/graph.ts';
import type { LayerContext } from '../layerContext.ts';
import { hardSigmoidSlope } from './activations.ts';

/** A recurrent layer's weights as the inputs W, R, B of its ONNX operator, and its attributes. */
export interface RecurrentCell {
  readonly op: 'LSTM' | 'GRU' | 'RNN';
  readonly units: number;
  readonly weights: readonly string[];
  readonly attributes: Attributes;
}

/** Where gate g of ONNX stands among those of Keras. LSTM: i o f c of i f c o; GRU: z r h of z r h. */
const ORDERS = { LSTM: [0, 3, 1, 2], GRU: [0, 1, 2], SimpleRNN: [0] } as const;

/** A class name of which a cell is known. */
export function isRecurrent(className: string): className is keyof typeof ORDERS {
  return Object.hasOwn(ORDERS, className);
}

/** @param features of one step. */
export function cellOf(context: LayerContext, features: number): RecurrentCell {
  const { config, layer } = context;
  const className = layer.className as keyof typeof ORDERS;
  const units = config.count('units', undefined, 1);
  const order = ORDERS[className];
  const gates = order.length;
  const inner = context.part('cell');
  const kernel = inner.weight('kernel', [features, gates * units]);
  const recurrent = inner.weight('recurrent_kernel', [units, gates * units]);
  const resetAfter = className === 'GRU' && config.flag('reset_after', context.dialect === 3);
  const bias = biases(inner, order, units, resetAfter);
  const op = className === 'SimpleRNN' ? 'RNN' : className;
  return {
    op,
    units,
    weights: [
      context.constant([1, gates * units, features], byGate(kernel, order, units, features), 'kernel'),
      context.constant([1, gates * units, units], byGate(recurrent, order, units, units), 'recurrent'),
      ...(bias === undefined ? [] : [context.constant([1, 2 * gates * units], bias, 'bias')]),
    ],
    attributes: {
      hidden_size: int(units),
      ...activationsOf(context, op),
      ...(op === 'GRU' ? { linear_before_reset: int(resetAfter ? 1 : 0) } : {}),
    },
  };
}

/** [rows, gates·units] → [gates·units, rows], gates in the order of ONNX. */
function byGate(data: Float32Array, order: readonly number[], units: number, rows: number): Float32Array {
  const columns = order.length * units;
  const result = new Float32Array(data.length);
  order.forEach((from, gate) => {
    for (let unit = 0; unit < units; unit++) {
      for (let row = 0; row < rows; row++) {
        result[(gate * units + unit) * rows + row] = data[row * columns + from * units + unit]!;
      }
    }
  });
  return result;
}

/** Of the input, then of the recurrence: only a GRU that resets after its product has both. */
function biases(
  cell: LayerContext,
  order: readonly number[],
  units: number,
  both: boolean,
): Float32Array | undefined {
  if (!cell.has('bias')) return undefined;
  const all = order.length * units;
  const data = cell.weight('bias', both ? [2, all] : [all]);
  const result = new Float32Array(2 * all);
  for (let half = 0; half < (both ? 2 : 1); half++) {
    order.forEach((from, gate) => {
      for (let unit = 0; unit < units; unit++) {
        result[half * all + gate * units + unit] = data[half * all + from * units + unit]!;
      }
    });
  }
  return result;
}

/** The functions ONNX knows inside a recurrent operator, with their α and β. */
function functionOf(
  context: LayerContext,
  key: string,
  fallback: string,
): { name: string; alpha?: number; beta?: number } {
  const { config, dialect } = context;
  const asked = config.get(key);
  const word = asked === undefined && key in config.json ? 'linear' : asked === undefined ? fallback : asked;
  switch (word) {
    case 'tanh':
      return { name: 'Tanh' };
    case 'sigmoid':
      return { name: 'Sigmoid' };
    case 'relu':
      return { name: 'Relu' };
    case 'hard_sigmoid':
      return { name: 'HardSigmoid', alpha: hardSigmoidSlope(dialect), beta: 0.5 };
    case 'linear':
      return { name: 'Affine', alpha: 1, beta: 0 };
    case 'elu':
      return { name: 'Elu', alpha: 1 };
    case 'leaky_relu':
      return { name: 'LeakyRelu', alpha: 0.2 };
    case 'softsign':
      return { name: 'Softsign' };
    case 'softplus':
      return { name: 'Softplus' };
    default:
      return config.refuse(
        `"${key}" is ${JSON.stringify(word).slice(0, 60)}, which ONNX has not within a recurrent layer`,
      );
  }
}

/** Left out where they are ONNX's own. */
function activationsOf(context: LayerContext, op: RecurrentCell['op']): Attributes {
  const activation = functionOf(context, 'activation', 'tanh');
  const gate = op === 'RNN' ? undefined : functionOf(context, 'recurrent_activation', 'sigmoid');
  const used =
    op === 'LSTM' ? [gate!, activation, activation] : op === 'GRU' ? [gate!, activation] : [activation];
  const usual = op === 'LSTM' ? 'Sigmoid Tanh Tanh' : op === 'GRU' ? 'Sigmoid Tanh' : 'Tanh';
  if (used.map(({ name }) => name).join(' ') === usual) return {};
  const words: Attribute = { kind: 'strings', value: used.map(({ name }) => name) };
  return {
    activations: words,
    activation_alpha: floats(used.map(({ alpha }) => alpha ?? 0)),
    activation_beta: floats(used.map(({ beta }) => beta ?? 0)),
  };
}

/** Of an ONNX recurrent node that reads from the last step to the first. */
export const reverse: Attributes = { direction: text('reverse') };
