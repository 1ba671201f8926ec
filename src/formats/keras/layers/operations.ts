import { elementCount } from '../../../graph/tensor.ts';
import { isObject, type Json } from '../config.ts';
import { flatten, isValue, settingOf } from '../given.ts';
import type { KerasGiven, LayerCall, LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, value } from '../value.ts';
import { OPERATIONS } from './operations/byClass.ts';
import { FUNCTIONS } from './operations/byFunction.ts';
import type { Setting, Write } from './operations/write.ts';
import { sliced } from './slicing.ts';

function rule(write: Write, settingsOf: (context: LayerContext, call: LayerCall) => Setting): LayerRule {
  return {
    mask: 'drops',
    write(context, _, call) {
      const operands = operandsOf(context, call);
      return write(context, operands, settingsOf(context, call));
    },
  };
}

/** Tensors, and numbers written in the file where a tensor could stand. */
function operandsOf(context: LayerContext, call: LayerCall): LayerValue[] {
  const second = ['y', 'x2', 'x1', 'other', 'b'].flatMap((name) => call.kwargs.get(name) ?? []);
  return [...call.args, ...second].flatMap((given: KerasGiven): LayerValue[] => {
    if (isValue(given) || Array.isArray(given)) return flatten(given).map((one) => context.plain(one));
    const setting = settingOf(given) as Json | undefined;
    // Keras 3 writes an array as an object with its own class.
    const written = isObject(setting) && isObject(setting.config) ? setting.config.value : setting;
    const dims = written === undefined ? undefined : nested(written);
    if (dims === undefined) return [];
    const data = Float32Array.from(context.config.numbers(written, 'args'));
    return [value(context.constant(dims, data, 'written'), dims)];
  });
}

/** Dims of numbers nested in lists; undefined where they are ragged or no numbers. */
function nested(written: Json): number[] | undefined {
  if (typeof written === 'number') return [];
  if (!Array.isArray(written) || written.length === 0) return undefined;
  const [first, ...others] = written.map(nested);
  const same = first !== undefined && others.every((one) => one?.join() === first.join());
  return same && elementCount(first) < 2 ** 20 ? [written.length, ...first] : undefined;
}

const ofConfig =
  (context: LayerContext, call: LayerCall): Setting =>
  (name) =>
    name === 'key' ? (settingOf(call.args[1]) as Json | undefined) : context.config.get(name);

const ofCall =
  (_: LayerContext, call: LayerCall): Setting =>
  (name) => {
    const key = name === 'key' ? 'slice_spec' : name;
    return settingOf(call.kwargs.get(key)) as Json | undefined;
  };

const byFunction: LayerRule = {
  mask: 'drops',
  write(context, input, call) {
    const name = context.config.text('function', '');
    const operation = Object.hasOwn(FUNCTIONS, name) ? OPERATIONS[FUNCTIONS[name]!] : undefined;
    if (operation === undefined) return context.config.refuse(`it calls the TensorFlow function "${name}"`);
    return rule(operation, ofCall).write(context, input, call);
  },
};

/** Operations of Keras 3 and TensorFlow that stand in a model without a layer. */
export const operationRules: LayerRules = {
  ...Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, write]) => [`op:${name}`, rule(write, ofConfig)]),
  ),
  TFOpLambda: byFunction,
  SlicingOpLambda: rule(sliced, ofCall),
};
