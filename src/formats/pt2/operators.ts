import { Refusal } from '../../refusal.ts';
import type { Lower, LowerRules } from './lowering.ts';
import { activationRules } from './operators/activations.ts';
import { angleRules } from './operators/angles.ts';
import { cellRules } from './operators/cells.ts';
import { composedRules } from './operators/composed.ts';
import { convolutionRules } from './operators/convolution.ts';
import { creationRules } from './operators/creation.ts';
import { elementwiseRules } from './operators/elementwise.ts';
import { fastPathRules } from './operators/fastPath.ts';
import { indexingRules } from './operators/indexing.ts';
import { joiningRules } from './operators/joining.ts';
import { matrixRules } from './operators/matrix.ts';
import { normalisationRules } from './operators/normalisation.ts';
import { normRules } from './operators/norms.ts';
import { poolingRules } from './operators/pooling.ts';
import { rankingRules } from './operators/ranking.ts';
import { recurrentRules } from './operators/recurrent.ts';
import { reductionRules } from './operators/reductions.ts';
import { refusedRules } from './operators/refused.ts';
import { resamplingRules } from './operators/resampling.ts';
import { reshapingRules } from './operators/reshaping.ts';
import { runningRules } from './operators/running.ts';
import { sameValueRules } from './operators/sameValue.ts';
import { scatteringRules } from './operators/scattering.ts';
import { selectingRules } from './operators/selecting.ts';
import { windowingRules } from './operators/windowing.ts';
import { otherwise } from './otherwise.ts';
import type { ExportedProgram } from './program.ts';
import { isSizeArithmetic, isSizeComparison } from './sizeArithmetic.ts';

const rules: LowerRules = {
  ...activationRules,
  ...angleRules,
  ...cellRules,
  ...composedRules,
  ...convolutionRules,
  ...creationRules,
  ...elementwiseRules,
  ...fastPathRules,
  ...indexingRules,
  ...normRules,
  ...runningRules,
  ...joiningRules,
  ...matrixRules,
  ...normalisationRules,
  ...poolingRules,
  ...rankingRules,
  ...recurrentRules,
  ...reductionRules,
  ...resamplingRules,
  ...reshapingRules,
  ...sameValueRules,
  ...scatteringRules,
  ...selectingRules,
  ...windowingRules,
};

const known: LowerRules = { ...refusedRules, ...rules };

/** Overloads that differ only in how their arguments are given, and in-place twins (`relu_`). */
export function operatorFor(target: string): Lower | undefined {
  const own = (name: string) => (Object.hasOwn(known, name) ? known[name] : undefined);
  const [namespace, name, ...overload] = target.split('.');
  if (namespace !== 'aten' || name === undefined) return undefined;
  const plain = name.endsWith('_') && !name.startsWith('__') ? name.slice(0, -1) : name;
  return own([plain, ...overload].join('.')) ?? own(plain);
}

/** Names of the ATen operators that are read. */
export function readOperators(): string[] {
  return Object.keys(rules).sort();
}

/** Whole programs within, and transforms: run_decompositions() leaves them as they are. */
const STAYS = /^(torch\.ops\.)?higher_order\.|fft/;

/** One refusal for all that is not read, naming who calls it; undefined where everything is. */
export function unknownOperators({
  nodes,
  isComposed,
}: Pick<ExportedProgram, 'nodes' | 'isComposed'>): Refusal | undefined {
  const unknown = new Map<string, string>();
  for (const { target, modules } of nodes) {
    const isKnown =
      target === 'aten.sym_size.int' ||
      isSizeArithmetic(target) ||
      isSizeComparison(target) ||
      operatorFor(target) !== undefined;
    if (!isKnown && !unknown.has(target)) unknown.set(target, modules.at(-1) ?? '');
  }
  if (unknown.size === 0) return undefined;
  const shown = [...unknown]
    .slice(0, 8)
    .map(([target, module]) => `${target} (${module === '' ? 'in the model itself' : `module "${module}"`})`);
  const more = unknown.size > shown.length ? ` and ${unknown.size - shown.length} more` : '';
  return new Refusal(
    'unsupported-operator',
    `The program calls operators that are not read: ${shown.join(', ')}${more}; ${otherwise(isComposed && ![...unknown.keys()].every((target) => STAYS.test(target)))}.`,
  );
}
