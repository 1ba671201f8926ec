import { int } from '../../../graph/attributes.ts';
import type { LayerContext } from '../layerContext.ts';
import type { LayerRule } from '../layerRule.ts';
import { type LayerValue, value } from '../value.ts';

/**
 * The same layer at every step. What changes values one by one needs no steps; else the steps are put beside the
 * instances, and taken apart again.
 */
export function timeDistributed(ruleOf: (className: string) => LayerRule | undefined): LayerRule {
  return {
    mask: 'keeps',
    write(context, input) {
      const { config } = context;
      const inner = context.part('layer');
      const rule = ruleOf(inner.layer.className);
      if (rule === undefined) return config.refuse(`it wraps ${inner.layer.className}`);
      const unmasked = { ...input, mask: undefined };
      if (rule.elementwise === true || lastAxisOnly(inner))
        return rule.write(inner, unmasked, callOf(unmasked));
      return stepByStep(context, unmasked, (one) => rule.write(inner, one, callOf(one)) as LayerValue);
    },
  };
}

const callOf = (input: LayerValue) => ({ args: [input], kwargs: new Map() });

/** Normalisations of the channels do not see the axes before. */
function lastAxisOnly({ layer, config }: LayerContext): boolean {
  const names = ['LayerNormalization', 'BatchNormalization', 'UnitNormalization', 'RMSNormalization'];
  const axis = config.integers('axis', [-1]);
  return names.includes(layer.className) && axis.length === 1 && axis[0] === -1;
}

function stepByStep(
  context: LayerContext,
  input: LayerValue,
  write: (one: LayerValue) => LayerValue,
): LayerValue {
  const { builder, config } = context;
  if (input.dims.length < 3) config.refuse('its input has no steps');
  const [batch, steps, ...rest] = input.dims as (number | null)[];
  if (rest.some((dim) => dim === null)) config.refuse('an axis behind its steps is free');
  const x = context.keras(input);
  const apart = builder.reshape(x, [-1, ...(rest as number[])]);
  const made = write(value(apart, [null, ...rest]));
  const dims = made.dims.slice(1);
  if (dims.some((dim) => dim === null)) config.refuse('an axis behind its steps is free');
  // As many instances and steps as before, whatever they are.
  const head = builder.add('Shape', [x], { start: int(0), end: int(2) });
  const target = builder.add('Concat', [head, builder.ints(dims as number[])], { axis: int(0) });
  return value(builder.add('Reshape', [context.keras(made), target]), [batch!, steps!, ...dims]);
}
