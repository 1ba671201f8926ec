import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { readPt2 } from '../../../../src/formats/pt2/readPt2.ts';
import { zipEntries } from '../../../../src/formats/zip.ts';
import { Refusal } from '../../../../src/refusal.ts';

const entries = unzipSync(readFileSync(join(import.meta.dirname, '../../../fixtures/pt2/free_time.pt2')));
const path = (ending: string) => Object.keys(entries).find((name) => name.endsWith(ending))!;
const MODEL = path('models/model.json');
const WEIGHTS = path('model_weights_config.json');

type Changed = Record<string, Uint8Array>;
interface Entry {
  path_name: string;
  use_pickle: boolean;
  readonly tensor_meta: Record<string, unknown>;
}
interface Program {
  readonly graph_module: {
    readonly graph: {
      readonly nodes: { target: string }[];
      readonly tensor_values: Record<string, { sizes: readonly object[] }>;
    };
  };
}
interface Call {
  target: string;
  readonly inputs: unknown[];
  readonly outputs: readonly { readonly as_tensor: { readonly name: string } }[];
}

function spoilt<T>(part: string, change: (json: T) => void): Changed {
  const json = JSON.parse(new TextDecoder().decode(entries[part]));
  change(json);
  return { [part]: new TextEncoder().encode(JSON.stringify(json)) };
}
const everyWeight = (change: (entry: Entry) => void): Changed =>
  spoilt<{ config: Record<string, Entry> }>(WEIGHTS, ({ config }) => Object.values(config).forEach(change));
const everyNode = (change: (node: { target: string }) => void): Changed =>
  spoilt<Program>(MODEL, ({ graph_module }) => graph_module.graph.nodes.forEach(change));
const laid = (sizes: number, stride: number) =>
  everyWeight(({ tensor_meta }) => {
    tensor_meta.sizes = [{ as_int: sizes }];
    tensor_meta.strides = [{ as_int: stride }];
  });

/** A call of a block, as torch.export writes it. */
function block(enabled: boolean, ...nodes: unknown[]): unknown {
  const graph = { inputs: [], outputs: [], nodes, tensor_values: {} };
  return {
    target: 'torch.ops.higher_order.wrap_with_set_grad_enabled',
    inputs: [
      { name: '', arg: { as_bool: enabled } },
      { name: '', arg: { as_graph: { name: 'submod', graph } } },
    ],
    outputs: [],
  };
}

/** Another operator in the place of an activation. @param sizes of what it says it makes */
const instead = (name: string, given: object, sizes?: readonly number[]): Changed =>
  spoilt<Program>(MODEL, ({ graph_module: { graph } }) => {
    const node = graph.nodes.find(({ target }) => target.includes('relu'))! as unknown as Call;
    node.target = `torch.ops.aten.${name}`;
    for (const [key, arg] of Object.entries(given)) node.inputs.push({ name: key, arg, kind: 1 });
    const made = graph.tensor_values[node.outputs[0]!.as_tensor.name]!;
    if (sizes) made.sizes = sizes.map((size) => ({ as_int: size }));
  });

const CASES: Readonly<Record<string, readonly [Changed, string, RegExp]>> = {
  'JSON that is cut': [{ [MODEL]: entries[MODEL]!.subarray(0, 900) }, 'broken-model', /no JSON/],
  'JSON nested 100,000 deep': [
    { [MODEL]: new TextEncoder().encode('['.repeat(1e5) + ']'.repeat(1e5)) },
    'broken-model',
    /no JSON/,
  ],
  'weights too short': [
    Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => /weights\/weight_\d+$/.test(name))
        .map(([name, data]) => [name, data.subarray(0, 8)]),
    ),
    'broken-model',
    /reach beyond the 8 bytes/,
  ],
  'an element type of its own': [
    everyWeight((entry) => {
      entry.tensor_meta.dtype = 99;
    }),
    'unsupported-dtype',
    /element type 99/,
  ],
  'a shape beyond what is stored': [laid(2 ** 40, 1), 'broken-model', /reach beyond/],
  'one number that stands for eight billion': [laid(2 ** 33, 0), 'model-too-big', /8589934592 numbers/],
  'an offset before the beginning': [
    everyWeight((entry) => {
      entry.tensor_meta.storage_offset = { as_int: -5 };
    }),
    'broken-model',
    /no shape/,
  ],
  'weights elsewhere on the disk': [
    everyWeight((entry) => {
      entry.path_name = '../../../../../etc/hosts';
    }),
    'weights-missing',
    /is missing/,
  ],
  'a whole program within, which no decomposition takes apart': [
    everyNode((node) => {
      if (node.target.includes('relu')) node.target = 'torch.ops.higher_order.cond';
    }),
    'unsupported-operator',
    /higher_order\.cond \(.*\); export the model to ONNX instead \(torch\.onnx\.export\)\.$/,
  ],
  'a pickle': [
    everyWeight((entry) => {
      entry.use_pickle = true;
    }),
    'unsupported-model',
    /never opened/,
  ],
  'an operator named as what objects inherit': [
    everyNode((node) => {
      node.target = 'torch.ops.aten.__proto__.default';
    }),
    'unsupported-operator',
    /aten\.__proto__/,
  ],
  'a schema that is not known': [
    spoilt<{ schema_version: unknown }>(MODEL, (program) => {
      program.schema_version = { major: 99, minor: 1 };
    }),
    'unsupported-model',
    /schema 99 of torch\.export, and up to 8 is read/,
  ],
  'a node that stands there twice': [
    spoilt<Program>(MODEL, ({ graph_module: { graph } }) => graph.nodes.push(graph.nodes[0]!)),
    'broken-model',
    /makes ".+" twice/,
  ],
  'gradients turned on within a block that has none': [
    spoilt<Program>(MODEL, ({ graph_module: { graph } }) =>
      graph.nodes.push(block(false, block(true)) as never),
    ),
    'unsupported-operator',
    /enable_grad within no_grad/,
  ],
  'blocks within blocks': [
    spoilt<Program>(MODEL, ({ graph_module: { graph } }) =>
      graph.nodes.push(
        Array.from({ length: 9 }).reduce<unknown>((inner) => block(true, inner), block(true)) as never,
      ),
    ),
    'broken-model',
    /more than 8 deep/,
  ],
  'a kernel of whole numbers': [
    everyWeight(({ tensor_meta }) => {
      tensor_meta.dtype = 2;
    }),
    'unsupported-operator',
    /conv1d.*, called by module "conv", cannot be read: its kernel holds int8; the file is broken/,
  ],
  'a kernel without channels': [
    everyWeight(({ tensor_meta }) => {
      const sizes = tensor_meta.sizes as unknown[];
      tensor_meta.sizes = sizes.map((size, axis) => (axis === 0 ? { as_int: 0 } : size));
    }),
    'unsupported-operator',
    /module "conv", cannot be read: its kernel is \[0, /,
  ],
  'negative padding': [
    everyNode((node) => {
      const { inputs } = node as unknown as { inputs: { name: string; arg: unknown }[] };
      for (const input of inputs) if (input.name === 'padding') input.arg = { as_ints: [-1] };
    }),
    'unsupported-operator',
    /conv1d.*, called by module "conv", cannot be read: its padding is -1; the file is broken/,
  ],
  'a pool of ten million windows': [
    everyNode((node) => {
      if (!node.target.includes('relu')) return;
      node.target = 'torch.ops.aten.adaptive_avg_pool1d.default';
      const { inputs } = node as unknown as { inputs: unknown[] };
      inputs.push({ name: 'output_size', arg: { as_ints: [1e7] }, kind: 1 });
    }),
    'unsupported-operator',
    /adaptive_avg_pool1d.*cannot be read: it makes 10000000 windows/,
  ],
  'a series drawn out to a thousand million steps': [
    instead('upsample_nearest1d.default', { output_size: { as_ints: [1e9] } }, [2, 4, 1e9]),
    'unsupported-operator',
    /upsample_nearest1d.*cannot be read: it makes 2 × 4 × 1,000,000,000 numbers.*broken/,
  ],
  'copies of a giant': [
    instead('repeat.default', { repeats: { as_ints: [1e6, 1e6] } }, [1e6, 1e6]),
    'unsupported-operator',
    /repeat.*makes 1,000,000 × 1,000,000 numbers/,
  ],
  ...Object.fromEntries(
    (
      [
        ['arange.default', { end: { as_int: 1e12 } }, /arange.*makes 1,000,000,000,000 numbers/],
        ['one_hot.default', { num_classes: { as_int: 1e9 } }, /one_hot.*makes 1,000,000,000 numbers/],
        [
          'repeat_interleave.self_int',
          { repeats: { as_int: 1e9 }, dim: { as_int: 2 } },
          /repeat_interleave.*makes 1,000,000,000 numbers/,
        ],
        ['tensor_split.sections', { sections: { as_int: 1e9 }, dim: { as_int: 1 } }, /makes 1,000,000,000/],
        ['split.Tensor', { split_size: { as_int: 0 }, dim: { as_int: 1 } }, /makes ∞ numbers/],
      ] as const
    ).map(([name, given, words]) => [
      `${name} of more than it says`,
      [instead(name, given), 'unsupported-operator', words] as const,
    ]),
  ),
  'a Fourier transform': [
    everyNode((node) => {
      if (node.target.includes('conv1d')) node.target = 'torch.ops.aten.fft_rfft.default';
    }),
    'unsupported-operator',
    /aten\.fft_rfft\.default \(module "conv"\); export the model to ONNX instead/,
  ],
  'the same after run_decompositions()': [
    spoilt<Program & { verifiers: string[] }>(MODEL, (program) => {
      program.verifiers = ['ATEN'];
      program.graph_module.graph.nodes[0]!.target = 'torch.ops.aten.fft_rfft.default';
    }),
    'unsupported-operator',
    /aten\.fft_rfft\.default \(.*\); export the model to ONNX instead/,
  ],
  'what picks by a mask, not the sizes that an assertion compares': [
    spoilt<Program>(MODEL, ({ graph_module: { graph } }) => {
      const arg = { as_int: 3 };
      graph.nodes.unshift({
        ...{ target: '_operator.ge', outputs: [{ as_sym_bool: { as_name: 'ge' } }], metadata: {} },
        inputs: ['a', 'b'].map((name) => ({ name, arg, kind: 1 })),
      } as never);
      graph.nodes.find(({ target }) => target.includes('relu'))!.target =
        'torch.ops.aten.masked_select.default';
    }),
    'unsupported-operator',
    /masked_select.*picks by a mask/,
  ],
};

describe('a .pt2 that is not what it seems', () => {
  for (const [what, [changed, code, words]] of Object.entries(CASES)) {
    it(`${what} is refused in one sentence`, () => {
      assert.throws(
        () => readPt2(zipSync({ ...entries, ...changed }, { level: 0 })),
        (error) => {
          assert.ok(error instanceof Refusal, String(error));
          assert.equal(error.code, code);
          assert.match(error.message, words);
          assert.ok(error.message.length < 700 && !error.message.includes('\n'));
          return true;
        },
      );
    });
  }

  it('cut short, with another archive stored in it, is said to be that', () => {
    const inner = zipSync({ 'data.pkl': new Uint8Array(5) }, { level: 0 });
    const whole = zipSync({ ...entries, 'p/data/sample_inputs/model.pt': inner }, { level: 0 });
    assert.throws(() => zipEntries(whole.subarray(0, -30)), /corrupt or cut short/);
    assert.ok(zipEntries(whole).length > 5);
  });

  it('arguments that were fixed when it was exported are no inputs', () => {
    const fixed = spoilt<{
      graph_module: { graph: { inputs: unknown[] }; signature: { input_specs: unknown[] } };
    }>(MODEL, ({ graph_module: { graph, signature } }) => {
      graph.inputs.push({ as_none: true }, { as_bool: false });
      signature.input_specs.push(
        { constant_input: { name: 'mask', value: { as_none: true } } },
        { constant_input: { name: 'flag', value: { as_bool: false } } },
      );
    });
    const read = (changed: Changed) => readPt2(zipSync({ ...entries, ...changed }, { level: 0 }));
    assert.deepEqual(read(fixed).inputs, read({}).inputs);
  });

  it('a part with a path that leads out is left where it is', () => {
    assert.ok(
      readPt2(zipSync({ ...entries, '../../out.txt': new Uint8Array(3) }, { level: 0 })).nodes.length > 5,
    );
  });
});
