import { float, floatsOf, stringsOf } from '../../attributes.ts';
import type { Step } from '../step.ts';
import { minus, multiply, scalar, square } from '../terms.ts';

/** An activation inside a recurrent operator: the function, and its slope from its value. */
interface GateActivation {
  value(x: string): string;
  slope(value: string): string;
}

/**
 * The activations of one direction, in the operator's order (LSTM: gates, cell input, cell output; GRU: gates, hidden).
 * @throws Refusal `unsupported-operator` for one whose slope cannot be told from its value.
 */
export function gateActivations(
  step: Step,
  direction: number,
  defaults: readonly string[],
): GateActivation[] {
  const names = stringsOf(step.node, 'activations') ?? [];
  const alphas = [...(floatsOf(step.node, 'activation_alpha') ?? [])];
  const betas = [...(floatsOf(step.node, 'activation_beta') ?? [])];
  const all = names.length > 0 ? names : [...defaults, ...defaults];
  const made = all.map((name) => activation(step, name, alphas, betas));
  const from = direction * defaults.length;
  return made.slice(from, from + defaults.length);
}

function activation(step: Step, name: string, alphas: number[], betas: number[]): GateActivation {
  const { builder } = step;
  const kind = name.toLowerCase();
  switch (kind) {
    case 'sigmoid':
      return {
        value: (x) => builder.add('Sigmoid', [x]),
        slope: (s) => multiply(step, s, minus(step, scalar(step, 1), s)),
      };
    case 'tanh':
      return {
        value: (x) => builder.add('Tanh', [x]),
        slope: (t) => minus(step, scalar(step, 1), square(step, t)),
      };
    case 'relu':
      return {
        value: (x) => builder.add('Relu', [x]),
        slope: (y) => builder.toFloat(builder.add('Greater', [y, scalar(step, 0)])),
      };
    case 'hardsigmoid': {
      const alpha = alphas.shift() ?? 0.2;
      const beta = betas.shift() ?? 0.5;
      return {
        value: (x) => builder.add('HardSigmoid', [x], { alpha: float(alpha), beta: float(beta) }),
        slope: (y) => {
          const above = builder.add('Greater', [y, scalar(step, 0)]);
          const below = builder.add('Less', [y, scalar(step, 1)]);
          return multiply(step, builder.toFloat(builder.add('And', [above, below])), scalar(step, alpha));
        },
      };
    }
    default:
      return step.refuse(`its activation ${name}`);
  }
}
