import { int } from '../../../../graph/attributes.ts';
import { tensor } from '../../../../graph/tensor.ts';
import { type LayerValue, value } from '../../value.ts';
import { activate } from '../activations.ts';
import { broadcastDims } from '../merging.ts';
import type { Write } from './write.ts';

/** An ONNX operator of `count` operands that are broadcast against each other. */
export function elementwise(op: string, dtype: LayerValue['dtype'] = 'float32', count = 2): Write {
  return (context, operands) => {
    if (operands.length !== count) context.config.refuse(`it takes ${operands.length} inputs, not ${count}`);
    const dims = broadcastDims(
      context,
      operands.map((one) => one.dims),
    );
    return value(
      context.builder.add(
        op,
        operands.map(({ tensor }) => tensor),
      ),
      dims,
      { dtype },
    );
  };
}

/** An ONNX operator of one operand; shape and type stay. */
export const unary =
  (op: string): Write =>
  ({ builder }, [x]) => ({ ...x!, tensor: builder.add(op, [x!.tensor]) });

/** An activation by the name Keras has for it. */
export const activation =
  (name: string): Write =>
  (context, [x]) =>
    activate(context, x!, name);

/** The opposite of what another operation says. */
export const not =
  (write: Write): Write =>
  (context, operands, setting) => {
    const made = write(context, operands, setting);
    return { ...made, tensor: context.builder.add('Not', [made.tensor]) };
  };

/** 0 or 1 everywhere, in the shape of the input. */
export function filled(fill: 0 | 1): Write {
  return (context, [x], setting) => {
    const { builder } = context;
    const bool = setting('dtype') === 'bool' || (setting('dtype') === undefined && x!.dtype === 'bool');
    const one = bool
      ? builder.constant(tensor('bool', [], Uint8Array.of(fill)), 'fill')
      : builder.scalar(fill);
    return { ...x!, tensor: builder.expandLike(one, x!.tensor), dtype: bool ? 'bool' : 'float32' };
  };
}

/** Between the settings `x_min` and `x_max`, which must be numbers. */
export const clip: Write = ({ builder, config }, [x], setting) => {
  const bound = (name: string) => {
    const given = setting(name);
    return typeof given === 'number' ? builder.scalar(given) : config.wrong(name, 'a number');
  };
  return { ...x!, tensor: builder.add('Clip', [x!.tensor, bound('x_min'), bound('x_max')]) };
};

/**
 * To float32 or bool.
 * @throws Refusal for any other type
 */
export const cast: Write = (context, [x], setting) => {
  const to = String(setting('dtype'));
  if (/^float/.test(to)) return { ...x!, tensor: context.builder.toFloat(x!.tensor), dtype: 'float32' };
  if (to === 'bool')
    return { ...x!, tensor: context.builder.add('Cast', [x!.tensor], { to: int(9) }), dtype: 'bool' };
  return context.config.refuse(`it casts to ${to}`);
};
