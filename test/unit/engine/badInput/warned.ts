import { float32 } from '../../../../src/graph/tensor.ts';
import { asked, type BadCase, csv, header, model, project, rows } from './ask.ts';
import { withHardmax } from './badModels.ts';

/** Input that is answered, with a warning of that code. */
export const warnedCases: readonly { what: string; ask: BadCase['ask']; code: string }[] = [
  { what: 'one row', ask: csv(header + rows(1)), code: 'one-step-cases' },
  { what: 'constant features', ask: csv(header + rows(9)), code: 'constant-feature' },
  {
    what: 'a standard deviation of zero',
    ask: project({ preprocess: [{ standardize: { mean: [1, 1, 1, 1], std: [1, 0, 1, 1] } }] }),
    code: 'constant-feature',
  },
  {
    what: 'padding before standardising',
    ask: project({ preprocess: [{ pad: { to: 24 } }, { standardize: 'instance' }] }),
    code: 'padded-before-standardise',
  },
  {
    what: 'a label the model does not know',
    ask: csv((header + rows(9)).replaceAll('left', 'up')),
    code: 'unknown-label',
  },
  {
    what: 'more classes named than there are',
    ask: project({ classes: ['left', 'right', 'up'] }),
    code: 'class-count',
  },
  {
    what: 'longer than the model, cut on request',
    ask: csv(header + rows(40), { truncate: true }),
    code: 'truncated',
  },
  { what: 'raw units, nothing configured', ask: asked({ project: undefined }), code: 'not-standardised' },
  {
    what: 'a class every position speaks against',
    ask: model((graph) => {
      // The last layer's weights with the sign that makes every contribution to class 0 negative.
      const gemm = graph.nodes.find(({ op }) => op === 'Gemm')!;
      const weights = graph.constants.get(gemm.inputs[1]!)!;
      const negative = float32(
        weights.dims,
        Float32Array.from(weights.data as Float32Array, (w) => -Math.abs(w)),
      );
      return { ...graph, constants: new Map([...graph.constants, [gemm.inputs[1]!, negative]]) };
    }),
    code: 'all-negative-map',
  },
  {
    what: 'a head that is switched off',
    ask: model((graph) => {
      const gemm = graph.nodes.find(({ op }) => op === 'Gemm')!;
      const { dims, data } = graph.constants.get(gemm.inputs[1]!)!;
      const none = float32(dims, new Float32Array(data.length));
      return { ...graph, constants: new Map([...graph.constants, [gemm.inputs[1]!, none]]) };
    }),
    code: 'zero-gradient',
  },
  {
    what: 'no method chosen and an operator without a gradient on the way',
    ask: withHardmax,
    code: 'no-gradient-fallback',
  },
];
