import { isObject } from '../keras/config.ts';
import type { Lowering } from './lowering.ts';

/** Arguments that change no number of an inference, or say again what the traced output says. */
const WITHOUT_EFFECT = new Set([
  ...[
    'memory_format',
    'layout',
    'device',
    'pin_memory',
    'non_blocking',
    'copy',
    'generator',
    'requires_grad',
  ],
  ...['dtype', 'half_to_float', 'momentum', 'cudnn_enable', 'cudnn_enabled', 'p', 'dropout', 'training'],
  ...['N', 'C', 'HxW', 'output_padding', 'output_size', 'scale_factors', 'sorted', 'stable'],
  ...['running_mean', 'running_var', 'self', 'input'],
]);

/**
 * An operator's overloads share a rule; what one of them says beside that would be lost without a word.
 * @throws Refusal `unsupported-operator` where an argument stands that the rule has not asked for
 */
export function refuseUnread(lowering: Lowering): void {
  const { target } = lowering.node;
  if (target.startsWith('aten._assert') || target.startsWith('aten.sym_')) return;
  for (const [name, value] of lowering.unread()) {
    if (WITHOUT_EFFECT.has(name) || (isObject(value) && value.as_none !== undefined)) continue;
    lowering.refuse(`nothing here reads its argument "${name}"`);
  }
}
