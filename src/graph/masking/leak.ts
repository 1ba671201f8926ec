import { Refusal } from '../../refusal.ts';
import type { GraphNode } from '../graph.ts';
import { nodeCalled } from '../nodeCalled.ts';
import type { Track } from '../receptive/track.ts';

const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);
const STATE = new Set([...RECURRENT, 'Loop', 'Scan']);
const ATTENDS = new Set(['Attention', 'Softmax', 'LogSoftmax', 'MatMul', 'Einsum']);

/** The one way to have no padding; whether a model can be fed so is another question. */
const ALONE = 'give it the real steps alone, if it takes any number of steps.';

/** Why masks cannot be laid, without what else might be tried. */
export function causeOf(refusal: string): string {
  return refusal.replace(`; ${ALONE}`, '.');
}

/**
 * Through which operator, and by what, padding would reach a model whose layers are masked.
 * @param track of what the operator reads along time
 */
export function leak(node: GraphNode, track: Track): Refusal {
  const by = STATE.has(node.op)
    ? 'its state'
    : ATTENDS.has(node.op)
      ? 'its weights of steps against each other (attention)'
      : 'its statistics';
  const isInput = RECURRENT.has(node.op) && track.roles[2] === 'time';
  const how = isInput
    ? 'takes the features for its steps and the whole series for its input: every step has weights of its own'
    : `carries padding along time in ${by}`;
  return new Refusal(
    'cannot-mask',
    `${nodeCalled(node)} ${how}, so masking the layers does not keep it out; ${ALONE}`,
  );
}

/** @param node takes one step of those that a loop goes through */
export function leakStepByStep(node: GraphNode): Refusal {
  return new Refusal(
    'cannot-mask',
    `${nodeCalled(node)} takes one of the steps that a loop goes through, and no mask is laid on the state or the sum that it makes of them (a recurrence is masked where it is one operator, as LSTM and GRU are without run_decompositions()); ${ALONE}`,
  );
}

/** Instances and something else lie in one axis of `tensor`, which `module` makes. */
export function merged(tensor: string, module?: string): Refusal {
  const where = module === undefined ? '' : ` in the module "${module}"`;
  return new Refusal(
    'cannot-mask',
    `At "${tensor}"${where} the model lays instances and features (or heads of attention) into one axis, where no mask of the instances fits; ${ALONE}`,
  );
}
