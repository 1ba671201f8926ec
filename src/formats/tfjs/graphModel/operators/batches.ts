import { ints } from '../../../../graph/attributes.ts';
import { elementCount } from '../../../../graph/tensor.ts';
import { Refusal } from '../../../../refusal.ts';
import {
  fixedNumbers,
  inputAt,
  type LowerNode,
  type NodeLowering,
  type NodeRules,
  unsupported,
} from '../lower.ts';
import { titleOf } from '../nodeAttributes.ts';
import {
  allElementsOf,
  inOrder,
  type NodeSize,
  type NodeValue,
  sameSizes,
  sizeDifference,
} from '../value.ts';

interface Blocks {
  readonly x: NodeValue;
  readonly rates: readonly number[];
  /** [begin, end] per rate: padding before, or cropping after. */
  readonly margins: readonly number[];
}

function blocksOf(lowering: NodeLowering): Blocks {
  const x = inputAt(lowering, 0);
  const rates = fixedNumbers(lowering, 1, 'blocks');
  const margins = fixedNumbers(lowering, 2, 'margins');
  const sound = rates.every((rate) => rate > 0) && margins.every((margin) => margin >= 0);
  if (!sound || margins.length !== 2 * rates.length || rates.length >= x.shape.length) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} has blocks [${rates.slice(0, 8).join(', ')}].`,
    );
  }
  return { x, rates, margins };
}

function knownSizesOf(lowering: NodeLowering, sizes: readonly NodeSize[]): readonly number[] {
  if (!sizes.every((size) => typeof size === 'number'))
    throw unsupported(lowering, 'deals out an axis of free length');
  return sizes as number[];
}

/** The value before it is dealt out, with the dilation it stands for: what is padded beyond what is cropped again. */
function dilationOf(lowering: NodeLowering): NodeValue | undefined {
  const x = inputAt(lowering, 0);
  const [, rates, pads, blocks, crops] = lowering.inputs.map(allElementsOf);
  if (!rates?.every((rate) => typeof rate === 'number' && rate > 0) || !blocks || !sameSizes(rates, blocks)) {
    return undefined;
  }
  if (pads?.length !== 2 * rates.length || crops?.length !== pads.length || rates.length >= x.shape.length) {
    return undefined;
  }
  const beyond = pads.map((pad, i) => sizeDifference(pad, crops[i]!));
  if (!beyond.every((pad) => pad !== undefined && pad >= 0)) return undefined;
  const perAxis = (first: number, value: (i: number) => number) =>
    x.shape.map((_, axis) => (axis > 0 && axis <= rates.length ? value(axis - 1) : first));
  const dilation = {
    rates: perAxis(1, (i) => rates[i] as number),
    padsBegin: perAxis(0, (i) => beyond[2 * i]!),
    padsEnd: perAxis(0, (i) => beyond[2 * i + 1]!),
  };
  return { ...x, tensor: lowering.emit.arranged(x, x.order), constant: undefined, dilation };
}

const spaceToBatch: LowerNode = (lowering) => {
  const { emit } = lowering;
  const dilated = dilationOf(lowering);
  if (dilated) return dilated;
  const { x, rates, margins } = blocksOf(lowering);
  const count = rates.length;
  const sizes = knownSizesOf(lowering, x.shape.slice(1));
  const padded = sizes.map((size, i) => size + (margins[2 * i] ?? 0) + (margins[2 * i + 1] ?? 0));
  if (rates.some((rate, i) => padded[i]! % rate !== 0)) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} deals out sizes its blocks do not divide.`);
  }
  const pads = [0, 1].flatMap((side) => x.shape.map((_, axis) => margins[2 * (axis - 1) + side] ?? 0));
  const wide = emit.aside('Pad', [emit.plain(x), emit.ints(pads)]);
  const within = padded.map((size, i) => size / (rates[i] ?? 1));
  const apart = emit.aside('Reshape', [
    wide,
    emit.ints([-1, ...within.flatMap((size, i) => (i < count ? [size, rates[i]!] : [size]))]),
  ]);
  const blocks = rates.map((_, i) => 2 + 2 * i);
  const rest = inOrder(1 + sizes.length + count).filter((axis) => !blocks.includes(axis));
  const turned = emit.aside('Transpose', [apart], { perm: ints([...blocks, ...rest]) });
  const tensor = emit.main('Reshape', [turned, emit.ints([-1, ...within])]);
  return { dtype: x.dtype, shape: [emit.size(), ...within], tensor, order: inOrder(x.shape.length) };
};

const batchToSpace: LowerNode = (lowering) => {
  const { emit } = lowering;
  const given = inputAt(lowering, 0);
  if (given.dilation) {
    const blocks = fixedNumbers(lowering, 1, 'blocks');
    const sound = given.dilation.rates.every(
      (rate, axis) => rate === (axis > 0 ? (blocks[axis - 1] ?? 1) : 1),
    );
    if (!sound) throw unsupported(lowering, 'puts together other axes than were dealt out');
    return { ...given, dilation: undefined };
  }
  const { x, rates, margins } = blocksOf(lowering);
  const count = rates.length;
  const sizes = knownSizesOf(lowering, x.shape.slice(1));
  const apart = emit.aside('Reshape', [emit.plain(x), emit.ints([...rates, -1, ...sizes])]);
  const back = sizes.flatMap((_, i) => (i < count ? [count + 1 + i, i] : [count + 1 + i]));
  const turned = emit.aside('Transpose', [apart], { perm: ints([count, ...back]) });
  const whole = sizes.map((size, i) => size * (rates[i] ?? 1));
  const joined = emit.aside('Reshape', [turned, emit.ints([-1, ...whole])]);
  const cropped = whole.map((size, i) => size - (margins[2 * i] ?? 0) - (margins[2 * i + 1] ?? 0));
  if (cropped.some((size) => size < 0)) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} crops more than there is.`);
  }
  const tensor = emit.main('Slice', [
    joined,
    emit.ints(rates.map((_, i) => margins[2 * i]!)),
    emit.ints(rates.map((_, i) => whole[i]! - margins[2 * i + 1]!)),
    emit.ints(rates.map((_, i) => i + 1)),
  ]);
  const [batch] = x.shape;
  const first = typeof batch === 'number' ? batch / elementCount(rates) : emit.size();
  return { dtype: x.dtype, shape: [first, ...cropped], tensor, order: inOrder(x.shape.length) };
};

/**
 * How TensorFlow writes dilation: space into the batch and back; together with the convolution between them they
 * become its dilation.
 */
export const batchRules: NodeRules = { BatchToSpaceND: batchToSpace, SpaceToBatchND: spaceToBatch };
