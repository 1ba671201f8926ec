import { int } from '../../../graph/attributes.ts';
import { flatten } from '../given.ts';
import type { LayerCall, LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, value } from '../value.ts';
import { heldSteps, realStepsTogether } from './maskedSteps.ts';
import { cellOf, isRecurrent, type RecurrentCell, reverse } from './recurrentCells.ts';

/** What a recurrent layer gives, in the order of time whichever way it ran. */
interface Recurrence {
  /** [N, T, H] */
  readonly sequence: string;
  /** [N, H]: after the last step it ran over. */
  readonly last: string;
  /** Of an LSTM: its cell state after the last step; none where steps are masked. */
  readonly cell?: string;
}

/**
 * Runs over the steps of [N, T, C], from the end where `backwards`. A masked step leaves the state as it is, and its
 * output is the one before it (`zero_output_for_mask`: zero).
 */
function recur(
  context: LayerContext,
  input: LayerValue,
  states: readonly LayerValue[],
  backwards: boolean,
): Recurrence {
  const { builder, config } = context;
  context.rank(input, 3);
  if (config.flag('time_major', false)) config.refuse('time is its first axis');
  const cell = cellOf(context, context.known(input, -1));
  const { mask } = input;
  if (mask === undefined) {
    const x = input.channelsFirst
      ? builder.transpose(input.tensor, [2, 0, 1])
      : builder.transpose(input.tensor, [1, 0, 2]);
    const [y, h, c] = run(context, cell, x, states, backwards);
    const sequence = () => builder.transpose(builder.squeeze(y, [1]), [1, 0, 2]);
    return lazily(sequence, builder.squeeze(h, [0]), c === undefined ? undefined : builder.squeeze(c, [0]));
  }
  const together = realStepsTogether(builder, context.keras(input), mask, backwards);
  const [y] = run(context, cell, builder.transpose(together, [1, 0, 2]), states, backwards);
  const outputs = builder.transpose(builder.squeeze(y, [1]), [1, 0, 2]);
  const zero = config.flag('zero_output_for_mask', false);
  const sequence = heldSteps(builder, outputs, mask, { backwards, zero });
  const edge = backwards
    ? builder.slice(sequence, [1], [0], [1])
    : builder.slice(sequence, [1], [-1], [2 ** 31 - 1]);
  return { sequence, last: builder.squeeze(edge, [1]) };
}

/** Nodes nobody reads are dropped when the graph is built, so both are written. */
function lazily(sequence: () => string, last: string, cell: string | undefined): Recurrence {
  return { sequence: sequence(), last, cell };
}

function run(
  { builder }: LayerContext,
  { op, weights, attributes }: RecurrentCell,
  x: string,
  states: readonly LayerValue[],
  backwards: boolean,
): [string, string, string | undefined] {
  const given = states.map(({ tensor }) => builder.unsqueeze(tensor, [0]));
  const inputs = [
    x,
    ...weights,
    ...(given.length === 0 ? [] : [...(weights.length < 3 ? [''] : []), '', ...given]),
  ];
  const made = builder.addMany(op, inputs, op === 'LSTM' ? 3 : 2, {
    ...attributes,
    ...(backwards ? reverse : {}),
  });
  return [made[0]!, made[1]!, made[2]];
}

/** States a layer starts with: further inputs, or `initial_state`. */
function statesOf(call: LayerCall): LayerValue[] {
  const named = call.kwargs.get('initial_state');
  return [...flatten(call.args).slice(1), ...(named === undefined ? [] : flatten(named))];
}

const recurrent: LayerRule = {
  mask: 'own',
  write(context, input, call) {
    const { builder, config, layer } = context;
    const backwards = config.flag('go_backwards', false);
    const { sequence, last, cell } = recur(context, input, statesOf(call), backwards);
    const units = config.count('units', undefined, 1);
    const [batch, steps] = input.dims as [number | null, number | null];
    // Keras gives the steps in the order it ran over them.
    const ordered = () => (backwards ? flipped(context, sequence) : sequence);
    const output = config.flag('return_sequences', false)
      ? value(ordered(), [batch, steps, units], { mask: input.mask })
      : value(last, [batch, units]);
    if (!config.flag('return_state', false)) return output;
    if (input.mask !== undefined) config.refuse('it gives its state while steps are masked');
    const state = value(last, [batch, units]);
    return [
      output,
      state,
      ...(layer.className === 'LSTM' ? [value(builder.add('Identity', [cell!]), [batch, units])] : []),
    ];
  },
};

function flipped({ builder }: LayerContext, sequence: string): string {
  return builder.slice(sequence, [1], [-1], [-(2 ** 31)], [-1]);
}

/** Two layers, one of them from the end. */
const bidirectional: LayerRule = {
  mask: 'own',
  write(context, input, call) {
    const { builder, config, layer } = context;
    const forward = context.part('forward_layer');
    const backward = context.part('backward_layer');
    const { scope } = builder;
    if (statesOf(call).length > 0) config.refuse('it starts from given states');
    const [first, second] = [forward, backward].map((part) => {
      if (!isRecurrent(part.layer.className)) return config.refuse(`it wraps ${part.layer.className}`);
      if (part.config.flag('return_state', false)) config.refuse('it gives its states');
      builder.scope = `${scope}/${part.layer.name.replaceAll('/', '.')}`;
      const all = part.config.flag('return_sequences', false);
      const units = part.config.count('units', undefined, 1);
      const { sequence, last } = recur(part, input, [], part.config.flag('go_backwards', false));
      builder.scope = scope;
      const dims = all ? [...input.dims.slice(0, 2), units] : [input.dims[0]!, units];
      return value(all ? sequence : last, dims);
    }) as [LayerValue, LayerValue];
    const sequences = layer.parts.get('forward_layer')!.config.flag('return_sequences', false);
    const mask = sequences ? input.mask : undefined;
    const mode =
      config.get('merge_mode') === undefined && 'merge_mode' in config.json
        ? null
        : config.text('merge_mode', 'concat');
    if (mode === null) return [first, second].map((one) => ({ ...one, mask }));
    return { ...merged(context, mode, first, second), mask };
  },
};

function merged({ builder, config }: LayerContext, mode: string, a: LayerValue, b: LayerValue): LayerValue {
  const pair = [a.tensor, b.tensor];
  switch (mode) {
    case 'concat':
      return value(builder.add('Concat', pair, { axis: int(a.dims.length - 1) }), [
        ...a.dims.slice(0, -1),
        a.dims.at(-1)! + b.dims.at(-1)!,
      ]);
    case 'sum':
      return { ...a, tensor: builder.add('Add', pair) };
    case 'mul':
      return { ...a, tensor: builder.add('Mul', pair) };
    case 'ave':
      return { ...a, tensor: builder.add('Mul', [builder.add('Add', pair), builder.scalar(0.5)]) };
    default:
      return config.refuse(`"merge_mode" is "${mode}"`);
  }
}

/** LSTM, GRU, SimpleRNN and Bidirectional; a mask holds the state. */
export const recurrentRules: LayerRules = {
  LSTM: recurrent,
  GRU: recurrent,
  SimpleRNN: recurrent,
  Bidirectional: bidirectional,
};
