import { Refusal } from '../../refusal.ts';
import { isObject, type Json } from '../keras/config.ts';
import type { ExportedProgram, ProgramNode } from './program.ts';

/** Operators whose output may share its memory with their input. */
const VIEWS = new Set([
  ...[
    'alias',
    'detach',
    'view',
    'reshape',
    'flatten',
    'unflatten',
    'squeeze',
    'unsqueeze',
    'permute',
    'expand',
  ],
  ...[
    'transpose',
    't',
    'mT',
    'movedim',
    'moveaxis',
    'swapaxes',
    'swapdims',
    'select',
    'slice',
    'narrow',
    'unbind',
  ],
  ...[
    'split',
    'split_with_sizes',
    'chunk',
    'unfold',
    'contiguous',
    'to',
    'view_as',
    'expand_as',
    'numpy_T',
    'diagonal',
  ],
]);
/** Write nothing for all their name says. */
const HARMLESS = new Set([
  'detach_',
  'requires_grad_',
  'squeeze_',
  'unsqueeze_',
  'transpose_',
  't_',
  'dropout_',
]);

function operatorOf({ target }: ProgramNode): string {
  return target.split('.')[1] ?? '';
}

/** Whether a node changes its first argument (`relu_`, `add_`). */
export function isInPlace(node: ProgramNode): boolean {
  const name = operatorOf(node);
  return (
    node.target.startsWith('aten.') && name.endsWith('_') && !name.startsWith('_') && !HARMLESS.has(name)
  );
}

/**
 * What is written in place is seen through every view of the same memory, which a graph of values cannot show.
 * @throws Refusal `unsupported-operator` where a tensor that shares memory with a changed one is read afterwards
 */
export function refuseSharedWrites({ nodes, outputs }: ExportedProgram): void {
  const memory = new Map<string, Set<string>>();
  const groupOf = (name: string) => memory.get(name) ?? new Set([name]);
  const lastRead = new Map<string, number>(outputs.map((name) => [name, nodes.length]));
  for (const [at, node] of nodes.entries()) {
    for (const name of namesIn([...node.inputs.values()]))
      lastRead.set(name, Math.max(at, lastRead.get(name) ?? 0));
  }
  for (const [at, node] of nodes.entries()) {
    const [self] = namesIn([node.inputs.get('self') ?? node.inputs.get('input') ?? null]);
    if (self === undefined) continue;
    const inPlace = isInPlace(node);
    if (!inPlace && !VIEWS.has(operatorOf(node))) continue;
    const group = groupOf(self);
    const made = node.outputs.flat();
    const seen = [...group].find((name) => name !== self && (lastRead.get(name) ?? -1) > at);
    if (inPlace && seen !== undefined) {
      throw new Refusal(
        'unsupported-operator',
        `${node.target}, called by ${node.modules.length ? `module "${node.modules.at(-1)}"` : 'the model itself'}, writes into "${self}", which shares its memory with "${seen}" that is read afterwards; save the program after run_decompositions(), or export the model to ONNX (torch.onnx.export).`,
      );
    }
    for (const name of [self, ...made]) group.add(name);
    for (const name of group) memory.set(name, group);
  }
}

function namesIn(values: readonly Json[]): string[] {
  return values.flatMap((value): string[] => {
    if (Array.isArray(value)) return namesIn(value);
    if (!isObject(value)) return [];
    if (typeof value.name === 'string') return [value.name];
    return namesIn(Object.values(value));
  });
}
