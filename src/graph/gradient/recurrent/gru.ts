import { intOf } from '../../attributes.ts';
import type { Step } from '../step.ts';
import { minus, multiply, plus, scalar } from '../terms.ts';
import { type Direction, masked, times } from './direction.ts';
import type { Flow } from './flow.ts';
import { gateActivations } from './gateActivation.ts';
import { recurrence } from './recurrence.ts';

/** The gates of all steps, [T, N, H] each, computed again from the states the operator gives. */
interface Gates {
  readonly z: string;
  readonly r: string;
  readonly n: string;
  /** What r is multiplied with: the state's part of n (linear_before_reset), or the state itself. */
  readonly reset: string;
  readonly slopeZ: string;
  readonly slopeR: string;
  readonly slopeN: string;
}

/**
 * Backward step of a GRU direction (Cho 2014; gates z, r, h as ONNX orders them), h = (1 − z)·n + z·h′. In Keras
 * (reset_after) and PyTorch r is applied behind the product with R (`linear_before_reset`), else before it.
 */
export function gruBackward(step: Step, direction: Direction): Flow {
  const { builder } = step;
  const late = intOf(step.node, 'linear_before_reset') === 1;
  const gates = gatesOf(step, direction, late);
  const one = scalar(step, 1);
  const inside = (x: string) => masked(step, direction, x, 0);
  const toN = inside(multiply(step, minus(step, one, gates.z), gates.slopeN));
  const toZ = inside(multiply(step, minus(step, direction.before, gates.n), gates.slopeZ));
  const keep = masked(step, direction, gates.z, 1);
  const rSlope = multiply(step, gates.reset, gates.slopeR);
  const { outputs, initial, fromState } = late
    ? lateReset(step, direction, keep, [toZ, multiply(step, toN, rSlope), multiply(step, toN, gates.r), toN])
    : earlyReset(step, direction, keep, { toZ, toN, rSlope, r: gates.r });
  const input = builder.add('MatMul', [outputs, direction.inputWeights]);
  return { input, initial, gates: outputs, fromState };
}

/** Everything is linear in dh: d [z, r, q] = [dh, dh, dh]·coefficients with q = h·Rₕ + b. */
function lateReset(
  step: Step,
  direction: Direction,
  keep: string,
  [toZ, toR, toQ, toN]: readonly [string, string, string, string],
) {
  const { builder } = step;
  const back = recurrence(
    step,
    {
      states: [direction.last],
      inputs: [direction.outer, builder.concat([toZ, toR, toQ], 2), keep],
      reverse: !direction.reverse,
    },
    (at, [state], [outer, slopes, kept]) => {
      const dh = plus(at, state!, outer!);
      const gates = multiply(at, at.builder.concat([dh, dh, dh], 1), slopes!);
      const through = at.builder.add('MatMul', [gates, direction.stateWeights]);
      return { states: [plus(at, multiply(at, dh, kept!), through)], outputs: [dh] };
    },
  );
  const dh = back.outputs[0]!;
  const through = (coefficients: readonly string[]) =>
    multiply(step, builder.concat([dh, dh, dh], 2), builder.concat(coefficients, 2));
  return {
    outputs: through([toZ, toR, toN]),
    initial: back.states[0]!,
    // Only training asks for these; a build leaves out what nothing reads.
    fromState: [{ gates: through([toZ, toR, toQ]), reads: direction.before }],
  };
}

function earlyReset(
  step: Step,
  direction: Direction,
  keep: string,
  gates: { readonly toZ: string; readonly toN: string; readonly rSlope: string; readonly r: string },
) {
  const { builder } = step;
  const { hidden, stateWeights } = direction;
  const outerWeights = builder.slice(stateWeights, [0], [0], [2 * hidden]);
  const innerWeights = builder.slice(stateWeights, [0], [2 * hidden], [3 * hidden]);
  const back = recurrence(
    step,
    {
      states: [direction.last],
      inputs: [direction.outer, gates.toZ, gates.toN, gates.rSlope, gates.r, keep],
      reverse: !direction.reverse,
    },
    (at, [state], [outer, toZ, toN, rSlope, r, kept]) => {
      const dh = plus(at, state!, outer!);
      const dn = multiply(at, dh, toN!);
      // d (r·h′)
      const dq = at.builder.add('MatMul', [dn, innerWeights]);
      const zr = at.builder.concat([multiply(at, dh, toZ!), multiply(at, dq, rSlope!)], 1);
      const direct = plus(at, multiply(at, dh, kept!), multiply(at, dq, r!));
      return {
        states: [plus(at, direct, at.builder.add('MatMul', [zr, outerWeights]))],
        outputs: [at.builder.concat([zr, dn], 1)],
      };
    },
  );
  const outputs = back.outputs[0]!;
  return {
    outputs,
    initial: back.states[0]!,
    fromState: [
      { gates: builder.slice(outputs, [2], [0], [2 * hidden]), reads: direction.before },
      {
        gates: builder.slice(outputs, [2], [2 * hidden], [3 * hidden]),
        reads: multiply(step, gates.r, direction.before),
      },
    ],
  };
}

function gatesOf(step: Step, direction: Direction, late: boolean): Gates {
  const { builder } = step;
  const { hidden, before, stateWeights, stateBias } = direction;
  const [gate, hiddenActivation] = gateActivations(step, direction.index, ['Sigmoid', 'Tanh']);
  const [xZ, xR, xN] = builder.split(direction.fromInput, 2, [hidden, hidden, hidden]);
  const rows = (tensor: string, from: number, to: number) =>
    builder.slice(tensor, [0], [from * hidden], [to * hidden]);
  /** before·Rᵀ + b for the gates from..to. */
  const state = (x: string, from: number, to: number) => {
    const product = times(step, x, rows(stateWeights, from, to));
    return stateBias ? plus(step, product, rows(stateBias, from, to)) : product;
  };
  const [hZ, hR] = builder.split(state(before, 0, 2), 2, [hidden, hidden]);
  const z = gate!.value(plus(step, xZ!, hZ!));
  const r = gate!.value(plus(step, xR!, hR!));
  const reset = late ? state(before, 2, 3) : before;
  const gated = multiply(step, r, reset);
  const n = hiddenActivation!.value(plus(step, xN!, late ? gated : state(gated, 2, 3)));
  const slopes = { slopeZ: gate!.slope(z), slopeR: gate!.slope(r), slopeN: hiddenActivation!.slope(n) };
  return { z, r, n, reset, ...slopes };
}
