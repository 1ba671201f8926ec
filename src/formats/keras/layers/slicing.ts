import { isObject, type Json } from '../config.ts';
import type { LayerContext } from '../layerContext.ts';
import { type LayerValue, value } from '../value.ts';

const END = 2 ** 31 - 1;

/** `x[:, 1:, ::2, 0]` as Keras writes it: a slice or a whole number per axis, `...` for all that are left. */
export function sliced(
  context: LayerContext,
  [x]: readonly LayerValue[],
  setting: (name: string) => Json | undefined,
): LayerValue {
  const { builder, config } = context;
  const given = setting('key');
  const list: readonly Json[] = Array.isArray(given) ? given : [given ?? null];
  const wanted = list.map((one) => part(config.wrong.bind(config), one));
  const rank = x!.dims.length;
  const at = wanted.indexOf('rest');
  const all = { start: null, stop: null, step: 1 } as const;
  const left = Math.max(0, rank - wanted.filter((one) => one !== 'rest').length);
  const filled =
    at < 0 ? [...wanted] : [...wanted.slice(0, at), ...Array(left).fill(all), ...wanted.slice(at + 1)];
  if (filled.length > rank || filled.some((one) => one === 'rest'))
    return config.refuse('its index has too many axes');

  const axes: number[] = [];
  const [from, to, steps] = [[], [], []] as [number[], number[], number[]];
  const gone: number[] = [];
  const dims = [...x!.dims];
  for (const [axis, one] of (filled as (number | Part)[]).entries()) {
    const index = typeof one === 'number';
    const { start, stop, step } = index ? { start: one, stop: one === -1 ? null : one + 1, step: 1 } : one;
    if (index) gone.push(axis);
    if (start === null && stop === null && step === 1) continue;
    if (axis === 0) return config.refuse('it cuts the instances');
    axes.push(axis);
    from.push(start ?? 0);
    to.push(stop ?? END);
    steps.push(step);
    dims[axis] = length(dims[axis]!, start, stop, step);
  }
  const cut = axes.length === 0 ? x!.tensor : builder.slice(x!.tensor, axes, from, to, steps);
  const tensor = gone.length === 0 ? cut : builder.squeeze(cut, gone);
  return value(
    tensor,
    dims.filter((_, axis) => !gone.includes(axis)),
    { dtype: x!.dtype },
  );
}

interface Part {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number;
}

function part(wrong: (key: string, wanted: string) => never, given: Json): Part | number | 'rest' {
  if (typeof given === 'number' && Number.isInteger(given)) return given;
  if (isObject(given) && given.class_name === '__ellipsis__') return 'rest';
  const inner = isObject(given) && isObject(given.config) ? given.config : given;
  if (!isObject(inner)) return wrong('key', 'slices');
  const bound = (value: Json | undefined): number | null => {
    if (value === null || value === undefined) return null;
    return typeof value === 'number' && Number.isInteger(value) ? value : wrong('key', 'slices');
  };
  const step = bound(inner.step) ?? 1;
  if (step < 1) return wrong('key', 'slices that run forwards');
  return { start: bound(inner.start), stop: bound(inner.stop), step };
}

function length(dim: number | null, start: number | null, stop: number | null, step: number): number | null {
  if (dim === null) return null;
  const clamp = (bound: number) => Math.min(dim, Math.max(0, bound < 0 ? bound + dim : bound));
  return Math.max(0, Math.ceil((clamp(stop ?? END) - clamp(start ?? 0)) / step));
}
