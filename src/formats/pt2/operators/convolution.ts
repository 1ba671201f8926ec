import { int, ints } from '../../../graph/attributes.ts';
import { isFloat, result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

/** Pads of PyTorch's `same`: the odd one at the end. */
function padsOf(lowering: Lowering, kernel: readonly number[], dilations: readonly number[]): number[] {
  const word = lowering.text('padding', '');
  if (word === 'valid') return Array<number>(2 * kernel.length).fill(0);
  if (word === 'same') {
    const total = kernel.map((size, axis) => (size - 1) * dilations[axis]!);
    const before = total.map((pads) => Math.floor(pads / 2));
    return [...before, ...total.map((pads, axis) => pads - before[axis]!)];
  }
  if (word !== '') return lowering.refuse(`its padding is "${word}"`);
  const both = lowering.window('padding', kernel.length, 0);
  if (both.some((pad) => pad < 0)) return lowering.refuse(`its padding is ${Math.min(...both)}`, AGAIN);
  return [...both, ...both];
}

const AGAIN = 'the file is broken or not what it seems, save the model again with torch.export.save';

/** What no convolution has, in words that name its module. @throws Refusal `unsupported-operator` */
function mustBeKernel(lowering: Lowering, input: ProgramValue, weight: ProgramValue): void {
  if (!isFloat(weight.dtype)) lowering.refuse(`its kernel holds ${weight.dtype}`, AGAIN);
  if (weight.dims.includes(0)) lowering.refuse(`its kernel is [${weight.dims.join(', ')}]`, AGAIN);
  if (input.dims[1] === 0) lowering.refuse('its input has no channels', AGAIN);
}

function convolution(lowering: Lowering): ProgramValue {
  const [input, weight] = [lowering.tensor('input'), lowering.tensor('weight')];
  const rank = weight.dims.length - 2;
  if (input.dims.length !== rank + 2) return lowering.refuse('its input has no axis of instances');
  mustBeKernel(lowering, input, weight);
  const kernel = weight.dims.slice(2).map((_, axis) => lowering.known(weight, axis + 2));
  const strides = lowering.window('stride', rank, 1);
  const dilations = lowering.window('dilation', rank, 1);
  const bias = lowering.optional('bias');
  const inputs = [input.tensor, weight.tensor, ...(bias ? [bias.tensor] : [])];
  const made = lowering.builder.add('Conv', inputs, {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints(padsOf(lowering, kernel, dilations)),
    group: int(lowering.int('groups', 1)),
  });
  return result(lowering, made);
}

function transposed(lowering: Lowering): ProgramValue {
  const [input, weight] = [lowering.tensor('input'), lowering.tensor('weight')];
  const rank = weight.dims.length - 2;
  mustBeKernel(lowering, input, weight);
  const pads = lowering.window('padding', rank, 0);
  const bias = lowering.optional('bias');
  const inputs = [input.tensor, weight.tensor, ...(bias ? [bias.tensor] : [])];
  const made = lowering.builder.add('ConvTranspose', inputs, {
    kernel_shape: ints(weight.dims.slice(2).map((_, axis) => lowering.known(weight, axis + 2))),
    strides: ints(lowering.window('stride', rank, 1)),
    dilations: ints(lowering.window('dilation', rank, 1)),
    pads: ints([...pads, ...pads]),
    output_padding: ints(lowering.window('output_padding', rank, 0)),
    group: int(lowering.int('groups', 1)),
  });
  return result(lowering, made);
}

const either: Lower = (lowering) =>
  lowering.flag('transposed') ? transposed(lowering) : convolution(lowering);

/** Convolutions and their transposes, padding `same` and `valid` among them. */
export const convolutionRules: LowerRules = {
  conv1d: convolution,
  conv2d: convolution,
  conv_transpose1d: transposed,
  conv_transpose2d: transposed,
  convolution: either,
  _convolution: either,
};
