import { INPUT_LAYER } from './inputLayer.ts';
import type { Method, MethodFacts } from './methods/method.ts';
import { METHODS, type MethodId } from './methods.ts';

interface Offered {
  readonly methods: readonly Method<MethodId>[];
  /** Why others are left out, in a sentence; absent where none is. */
  readonly reason?: string;
}

/**
 * The methods to offer for a model.
 * @param noGradient sentences by layer name, as the model's summary has them
 * @param layer the layer that methods at a layer would take
 */
export function availableMethods(
  noGradient: Readonly<Record<string, string>> | undefined,
  layer: string | undefined,
): Offered {
  const fault = ({ at, needsGradient }: MethodFacts) =>
    needsGradient ? noGradient?.[at === 'input' ? INPUT_LAYER : (layer ?? '')] : undefined;
  const methods = METHODS.filter((method) => fault(method) === undefined);
  const out = METHODS.find((method) => fault(method) !== undefined);
  const left = METHODS.length - methods.length;
  return out === undefined
    ? { methods }
    : { methods, reason: `${left} methods are left out for want of a gradient. ${fault(out)}` };
}

/** What a method says of itself, as plain data. */
export function factsOf(method: Method): MethodFacts {
  const { id, label, formula, paper, caveat, at, needsGradient } = method;
  const { relu, realOnly, isLinear, options, isQuick } = method;
  return {
    ...{ id, label, formula, paper, caveat, at, needsGradient },
    ...{ relu, realOnly, isLinear, options, isQuick },
  };
}
