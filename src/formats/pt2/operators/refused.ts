import type { Lower, LowerRules } from '../lowering.ts';

const because =
  (why: string): Lower =>
  (lowering) =>
    lowering.refuse(why);
const packed = because('it runs over a packed sequence (pack_padded_sequence)');

/** Operators that are known and not read, with the reason. */
export const refusedRules: LowerRules = {
  index_fill: because('it writes into a tensor'),
  masked_select: because('it picks by a mask, so the result has no fixed size'),
  'lstm.data': packed,
  'gru.data': packed,
  'rnn_tanh.data': packed,
  'rnn_relu.data': packed,
};
