import assert from 'node:assert/strict';
import { ints } from '../../../src/graph/attributes.ts';
import { compositeNames } from '../../../src/graph/composites.ts';
import { isFlat } from '../../../src/graph/gradient/flat.ts';
import { hasGradient, supportedOperators } from '../../../src/graph/gradient/registry.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { refuseGiants } from '../../../src/graph/growth.ts';
import { keepsZero } from '../../../src/graph/keepsZero.ts';
import { FOLLOWERS } from '../../../src/graph/layerChains.ts';
import { masksByName } from '../../../src/graph/masking/maskedNode.ts';
import { elementwise, ONE_VALUE } from '../../../src/graph/receptive/combine.ts';
import { sameShape } from '../../../src/graph/receptive/mixing.ts';
import { KEEPS_PLACES, PARAMETRISED, trackedOperators } from '../../../src/graph/receptive/trackTensors.ts';
import { float32, int64 } from '../../../src/graph/tensor.ts';
import { UNARY } from '../../../src/graph/unary.ts';
import { lengthRules } from '../../../src/graph/values/lengthRules.ts';
import { shapedBy } from '../../../src/graph/values/shapedBy.ts';
import { Refusal } from '../../../src/refusal.ts';
import { overPlanes } from '../../../src/runtime/planes.ts';
import { isRun, operatorNames } from '../../../src/runtime/tfjs/registry.ts';
import { read, sources } from '../house/sources.ts';
import { ONNX_OPERATORS } from './onnxOperators.ts';
import {
  GROW_ON,
  type Holes,
  MASKED_AGAIN,
  MASKED_BEHIND,
  MERGED_FOR_GOOD,
  NEVER_LONGER,
  NO_ACTIVATION,
  NO_FIELD,
  NO_GRADIENT,
  NO_LENGTHS,
  NO_PARAMETERS,
  NOT_IN_TFJS,
  NOT_OVER_PLANES,
  NOWHERE,
} from './operatorHoles.ts';
import { emptyGraph } from './smallGraph.ts';

const flows = (op: string) => hasGradient(op) || isFlat(nodeOf(op));
const isTracked = (op: string) => trackedOperators.includes(op);

/** Every operator has a place in every table, or a reason why not. */
const TABLES: Readonly<
  Record<
    string,
    {
      readonly has: (op: string) => boolean;
      readonly holes: readonly Holes[];
      readonly of?: (op: string) => boolean;
    }
  >
> = {
  'the gradient passes it, or it is flat': { has: flows, holes: [NOWHERE, NO_GRADIENT] },
  'it is known which steps it reads': { has: isTracked, holes: [NOWHERE, NO_FIELD] },
  'TensorFlow.js runs it': { has: isRun, holes: [NOWHERE, NOT_IN_TFJS] },
  'it is tracked, and masking knows what it makes of padding': {
    has: (op) => Object.hasOwn(elementwise, op) || masksByName.includes(op),
    of: isTracked,
    holes: [MASKED_BEHIND],
  },
  'it moves values, and what was masked before it is not masked again': {
    has: (op) => keepsZero(nodeOf(op)),
    of: (op) => MASKED_BEHIND['move values']!.split(' ').includes(op),
    holes: [MASKED_AGAIN],
  },
  'it takes one value, the gradient passes it, and layers are called by it': {
    has: (op) => Object.hasOwn(FOLLOWERS, op),
    of: (op) => Object.hasOwn(UNARY, op) && hasGradient(op),
    holes: [NO_ACTIVATION],
  },
  'the gradient passes it or it is flat, and lengths that follow the values are followed through it': {
    has: (op) => Object.hasOwn(lengthRules, op),
    of: flows,
    holes: [NO_LENGTHS],
  },
  'it is tracked, and what goes in beside its first input is a parameter': {
    has: (op) => PARAMETRISED.has(op),
    of: isTracked,
    holes: [NO_PARAMETERS],
  },
  'it is tracked, and merged axes are taken apart again behind it': {
    has: (op) => KEEPS_PLACES.has(op),
    of: isTracked,
    holes: [MERGED_FOR_GOOD],
  },
  'it takes one value, and planes pass through it': {
    has: passesPlanes,
    of: (op) => ONE_VALUE.includes(op),
    holes: [NOT_OVER_PLANES],
  },
  'it reads whole axes or moves values, and what follows starts from its weights': {
    has: (op) => !growsOn(op),
    of: (op) => isTracked(op) && hasGradient(op) && !Object.hasOwn({ ...elementwise, ...sameShape }, op),
    holes: [GROW_ON],
  },
};

describe('The tables of operators', () => {
  for (const [title, { has, holes, of = () => true }] of Object.entries(TABLES)) {
    it(`leave none out that has no reason: ${title}`, () => {
      const listed = holes.flatMap((one) => Object.values(one)).flatMap((names) => names.split(' '));
      assert.deepEqual(
        ONNX_OPERATORS.filter((op) => of(op) && !has(op)),
        [...listed].sort(),
      );
    });
  }

  it('give every activation that is written with others its name in the list of layers', () => {
    assert.deepEqual(
      compositeNames().filter((op) => !Object.hasOwn(FOLLOWERS, op)),
      [],
    );
  });

  it('name operators of ONNX only', () => {
    const named = [
      ...supportedOperators(),
      ...trackedOperators,
      ...operatorNames(),
      ...Object.keys(lengthRules),
    ];
    assert.deepEqual(
      named.filter((op) => !ONNX_OPERATORS.includes(op)),
      [],
    );
  });

  it('name operators of ONNX only, wherever in the source a list of them stands', () => {
    const found = lists();
    assert.ok(found.length > 40, `${found.length}`);
    const wrong = found.flatMap(({ file, name, ops }) =>
      ops
        .filter((op) => !ONNX_OPERATORS.includes(op) && !OTHER_NAMES.includes(op))
        .map((op) => `${file} ${name}: ${op}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('know every operator that a reader of model files writes', () => {
    const written = sources
      .filter((file) => file.startsWith('src/formats/'))
      .flatMap((file) => [...read(file).matchAll(/'([A-Z]\w+)'/g)].map((match) => match[1]!))
      .filter((op) => ONNX_OPERATORS.includes(op));
    assert.ok(new Set(written).size > 60);
    assert.deepEqual(
      written.filter((op) => !flows(op) || !isRun(op)),
      [],
    );
  });
});

describe('Operators whose values say how long their output is', () => {
  for (const op of ONNX_OPERATORS.filter((name) => shapedBy(name).length > 0 && !name.startsWith('Reduce'))) {
    const never = Object.values(NEVER_LONGER).some((names) => names.split(' ').includes(op));
    it(`${op} ${never ? 'never makes it longer than an input' : 'is refused where they say more than there is room for'}`, () => {
      const refused = shapedBy(op).filter((index) => isGiant(op, index));
      const enough =
        op === 'Range' || op === 'DFT' ? refused.length > 0 : refused.length === shapedBy(op).length;
      assert.equal(refused.length === 0, never);
      assert.ok(never || enough || op in PARTLY, `only inputs ${refused}`);
    });
  }
});

describe('Inputs by which a tensor is written out, or that never make it longer', () => {
  it('are among those whose values say how long an output is', () => {
    const written = ONNX_OPERATORS.flatMap((op) =>
      [0, 1, 2, 3, 4]
        .filter((index) => isGiant(op, index) && !shapedBy(op).includes(index))
        .map((index) => `${op} ${index}`),
    );
    assert.deepEqual(written, []);
    const never = Object.values(NEVER_LONGER).flatMap((names) => names.split(' '));
    assert.deepEqual(
      never.filter((op) => shapedBy(op).length === 0),
      [],
    );
  });
});

describe('Windows with huge borders', () => {
  it('or a huge output is refused', () => {
    for (const name of ['output_shape', 'output_padding']) {
      const node = { ...nodeOf('ConvTranspose'), attributes: { [name]: ints([2 ** 40]) } };
      assert.ok(isRefused({ ...emptyGraph(['N', 3, 4]), nodes: [node] }), name);
    }
  });

  for (const op of ['AveragePool', 'Conv', 'ConvInteger', 'ConvTranspose', 'LpPool', 'MaxPool', 'Pad']) {
    it(`${op} is refused`, () => {
      const node = { ...nodeOf(op), attributes: { pads: ints([0, 0, 2 ** 40, 2 ** 40]) } };
      assert.throws(() => refuseGiants({ ...emptyGraph(['N', 3, 4]), nodes: [node] }), {
        code: 'input-too-big',
      });
    });
  }
});

/** Between two convolutions it stands without a line of its own. */
function passesPlanes(op: string): boolean {
  const constants = new Map([['w', float32([3, 3, 1], new Float32Array(9).fill(1))]]);
  const nodes = [
    { ...nodeOf('Conv'), inputs: ['x', 'w'], outputs: ['a'] },
    { ...nodeOf(op), inputs: ['a'], outputs: ['b'] },
    { ...nodeOf('Conv'), inputs: ['b', 'w'], outputs: ['y'] },
  ];
  const output = { name: 'y', dtype: 'float32', dims: [] } as const;
  const graph = overPlanes({ ...emptyGraph(['N', 3, 4]), constants, nodes, outputs: [output] });
  return graph.nodes.filter((node) => node.op === 'Squeeze').length === 1;
}

/** Whether what is repeated before it and what is repeated behind it are multiplied. */
function growsOn(op: string): boolean {
  const constants = new Map([['times', int64([3], [1, 2 ** 10, 2 ** 3])]]);
  const nodes = [
    { ...nodeOf('Tile'), inputs: ['x', 'times'], outputs: ['a'] },
    { ...nodeOf(op), inputs: ['a'], outputs: ['b'] },
    { ...nodeOf('Tile'), inputs: ['b', 'times'], outputs: ['y'] },
  ];
  return isRefused({ ...emptyGraph(['N', 3, 4]), constants, nodes });
}

/** What their other inputs say makes nothing longer, or is of the size of what is there. */
const PARTLY = { Pad: 'axes', Col2Im: 'the block', Resize: 'the region that is looked at' };

function isGiant(op: string, index: number): boolean {
  const inputs = Array.from({ length: Math.max(index + 1, 3) }, (_, i) =>
    i === index ? 'size' : i === 0 && op !== 'Range' ? 'x' : 'one',
  );
  const huge = op === 'Range' ? int64([1], [2 ** 40]) : int64([2], [2 ** 21, 2 ** 21]);
  const constants = new Map([
    ['size', huge],
    ['one', int64([1], [1])],
  ]);
  return isRefused({ ...emptyGraph(['N', 3, 4]), constants, nodes: [{ ...nodeOf(op), inputs }] });
}

function isRefused(graph: Graph): boolean {
  try {
    refuseGiants(graph);
    return false;
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'input-too-big');
    return true;
  }
}

/** A table names reductions by what comes after `Reduce`. */
const OTHER_NAMES = 'Prod L1 L2 LogSum LogSumExp SumSquare'.split(' ');

/** Lists, sets and tables by name, most of whose words are operators. */
function lists(): { readonly file: string; readonly name: string; readonly ops: string[] }[] {
  return sources
    .filter((file) => /^src\/(?:graph|runtime|training|repair|attribution)\//.test(file))
    .flatMap((file) =>
      [
        ...read(file).matchAll(
          /^(?:export )?const ([A-Z_]+)[^=\n]*= (?:new \w+(?:<[^>]*>)?\()?([[{][\s\S]*?^(?=\S)[^\n]*|[[{][^\n]*)/gm,
        ),
      ].map(([, name, body]) => ({
        file,
        name: name!,
        ops: [...body!.matchAll(/(?<!: )'([A-Z]\w+)'|^ {2}([A-Z][a-z]\w+):|[{,] ([A-Z][a-z]\w+):/gm)].map(
          ([, a, b, c]) => (a ?? b ?? c)!,
        ),
      })),
    )
    .filter(
      ({ ops }) => ops.length > 1 && 2 * ops.filter((op) => ONNX_OPERATORS.includes(op)).length > ops.length,
    );
}

function nodeOf(op: string) {
  return { op, domain: '', name: op, inputs: ['x'], outputs: ['y'], attributes: {} };
}
