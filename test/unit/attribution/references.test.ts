import assert from 'node:assert/strict';
import { explainPrepared, type InstanceMap } from '../../../src/attribution/explainInstances.ts';
import { gradientFault } from '../../../src/attribution/gradientAvailability.ts';
import { type ExplainedLayer, inputLayer } from '../../../src/attribution/inputLayer.ts';
import type { MethodOptions } from '../../../src/attribution/methodOptions.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import type { Classifier } from '../../../src/graph/classifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { elementCount, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import type { Prepared } from '../../../src/preprocess/prepared.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { openReference, preparedOf, REFERENCE_FILES, readReference } from './referenceModel.ts';

interface Variant {
  /** In `<layer>|<key>` of the reference. */
  readonly key: string;
  readonly method: MethodId;
  readonly relu?: boolean;
  readonly maskedAlpha?: boolean;
  readonly parameters?: Partial<MethodOptions>;
  /** max |a − b| / max |b| */
  readonly tolerance: number;
}

/** One run each: every instance, both targets. */
const IN_ONE_RUN: readonly Variant[] = [
  { key: 'gradcam', method: 'gradcam', tolerance: 1e-4 },
  { key: 'gradcam_maskalpha', method: 'gradcam', maskedAlpha: true, tolerance: 1e-4 },
  { key: 'hirescam', method: 'hirescam', tolerance: 1e-4 },
  { key: 'gradcampp_noeps', method: 'gradcampp', tolerance: 1e-4 },
  { key: 'layercam', method: 'layercam', tolerance: 1e-4 },
  { key: 'xgradcam', method: 'xgradcam', tolerance: 1e-4 },
];

const AT_THE_INPUT: readonly Variant[] = [
  { key: 'saliency_signed', method: 'saliency', tolerance: 1e-4 },
  { key: 'input_x_gradient', method: 'gradient-input', tolerance: 1e-4 },
];

/** Hundreds of runs: one instance, both targets. */
const INTEGRATED: Variant = { key: 'ig_gausslegendre50', method: 'integrated-gradients', tolerance: 1e-3 };
const OCCLUSION: Variant = { key: 'occlusion_1x5', method: 'occlusion', tolerance: 1e-4 };
const OCCLUDED = ['fcn_content', 'jv_xcm', 'xcm_content_w26', 'lstmfcn_content'];
const ABLATION: Variant = { key: 'ablationcam', method: 'ablationcam', tolerance: 1e-3 };
const EIGEN: Variant = { key: 'eigencam', method: 'eigencam', tolerance: 1e-4 };

describe('maps of the reference models, native', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const { file, model } of REFERENCE_FILES) {
    it(`${file}: all layers and methods of one run, both targets`, async function () {
      this.timeout(120_000);
      const bench = await open(file, model, runtime);
      for (const { name, layer } of bench.layers) {
        for (const variant of IN_ONE_RUN) await bench.compareAll(name, layer, variant);
      }
      if (bench.hasInputGradient()) {
        for (const variant of AT_THE_INPUT) await bench.compareAll('input', bench.input, variant);
      }
      const [{ name, layer }] = bench.layers as [(typeof bench.layers)[0]];
      const relu = { key: 'gradcam_relu', method: 'gradcam', relu: true, tolerance: 1e-4 } as const;
      await bench.compareAll(name, layer, relu);
    });
  }

  for (const { file, model } of REFERENCE_FILES.filter((one) => one.file === `${one.model}.onnx`)) {
    it(`${file}: methods of many runs, both targets`, async function () {
      this.timeout(120_000);
      const bench = await open(file, model, runtime);
      const count = bench.prepared.length;
      for (const [i, { name, layer }] of bench.layers.entries()) {
        await bench.compareOne(name, layer, EIGEN, i % count);
        // The first and the last layer: a run per channel each.
        if (i % (bench.layers.length - 1) === 0) await bench.compareOne(name, layer, ABLATION, i % count);
      }
      const which = model.length % count;
      if (bench.hasInputGradient()) await bench.compareOne('input', bench.input, INTEGRATED, which);
      if (OCCLUDED.includes(model)) await bench.compareOne('input', bench.input, OCCLUSION, which);
    });
  }
});

describe('maps of the reference models, wasm', () => {
  for (const model of ['xcm_content_w26', 'inceptiontime_content', 'lstmfcn_content']) {
    it(`${model}: one layer by every method of one run, saliency, Ablation-CAM`, async function () {
      this.timeout(120_000);
      const bench = await open(`${model}.onnx`, model, await openOnnxRuntimeWeb());
      const { name, layer } = bench.layers[0]!;
      for (const variant of IN_ONE_RUN) await bench.compareAll(name, layer, variant);
      if (bench.hasInputGradient()) await bench.compareAll('input', bench.input, AT_THE_INPUT[0]!);
      await bench.compareOne(name, layer, ABLATION, 1);
    });
  }
});

async function open(file: string, model: string, runtime: Runtime) {
  const reference = readReference(model);
  const prepared = preparedOf(reference('x'), numbers(reference('L')));
  const { steps } = prepared[0]!;
  const { classifier, layers } = await openReference(file, model, runtime, steps);
  return new Bench(classifier, layers, inputLayer(classifier.input, steps), reference, prepared, runtime);
}

/** One model file beside its reference numbers. */
class Bench {
  readonly targets: readonly number[];

  constructor(
    readonly classifier: Classifier,
    readonly layers: readonly { readonly name: string; readonly layer: ExplainedLayer }[],
    readonly input: ExplainedLayer,
    readonly reference: (name: string) => Tensor,
    readonly prepared: readonly Prepared[],
    readonly runtime: Runtime,
  ) {
    this.targets = numbers(reference('targets'));
  }

  /** No gradient leads through an LSTM that is not unrolled; every other model has one. */
  hasInputGradient(): boolean {
    const fault = gradientFault(this.classifier, this.input);
    if (fault !== null) assert.match(fault, /LSTM/);
    return fault === null;
  }

  /** Every instance, each target as often as it is one. */
  async compareAll(name: string, layer: ExplainedLayer, variant: Variant): Promise<void> {
    await this.explain(layer, variant, async (explain) => {
      // Column 0 is the predicted class.
      const predicted = await explain(-1, this.prepared);
      for (const n of this.prepared.keys()) this.compare(name, variant, n, 0, predicted[n]!);
      for (const target of new Set(this.targets.filter((_, i) => i % 2 === 1))) {
        const rows = [...this.prepared.keys()].filter((n) => this.targets[n * 2 + 1] === target);
        const found = await explain(
          target,
          rows.map((n) => this.prepared[n]!),
        );
        for (const [i, n] of rows.entries()) this.compare(name, variant, n, 1, found[i]!);
      }
    });
  }

  async compareOne(name: string, layer: ExplainedLayer, variant: Variant, n: number): Promise<void> {
    await this.explain(layer, variant, async (explain) => {
      for (const column of [0, 1]) {
        const [found] = await explain(this.targets[n * 2 + column]!, [this.prepared[n]!]);
        this.compare(name, variant, n, column, found!);
      }
    });
  }

  private async explain(
    layer: ExplainedLayer,
    { method, relu = false, maskedAlpha = false, parameters }: Variant,
    use: (
      explain: (target: number, prepared: readonly Prepared[]) => Promise<InstanceMap[]>,
    ) => Promise<void>,
  ): Promise<void> {
    const options = { method, relu, maskedAlpha };
    const session = openMethod((graph) => this.runtime.load(graph), this.classifier, layer, options);
    const model = this.classifier;
    await use((target, prepared) =>
      explainPrepared({ model, layer, options, parameters, session, target, prepared }),
    );
    await session.dispose();
  }

  private compare(name: string, { key, tolerance }: Variant, n: number, column: number, found: InstanceMap) {
    const what = `${name}|${key}, instance ${n}, target column ${column}`;
    const logits = this.row('logits', n);
    assert.ok(relativeDifference(found.logits, logits) <= 1e-4, `${what}: logits`);
    let wanted = key === 'eigencam' ? this.row(`${name}|${key}`, n) : this.row(`${name}|${key}`, n, column);
    // The peer divides by the logit itself, so that a negative one turns its map round.
    if (key === 'ablationcam') wanted = wanted.map((value) => value * Math.sign(logits[found.target]!));
    // The sign of a principal component is free; ours is told by Grad-CAM.
    if (key === 'eigencam' && opposite(wanted, found.native.values)) wanted = wanted.map((value) => -value);
    const off = relativeDifference(found.native.values, wanted);
    assert.ok(off <= tolerance, `${what}: off by ${off} of the largest value`);
  }

  /** Values of [n] or [n, column]. */
  private row(name: string, n: number, column?: number): number[] {
    const { data, dims } = this.reference(name);
    const lead = column === undefined ? 1 : 2;
    const width = elementCount(dims.slice(lead));
    const at = (column === undefined ? n : n * dims[1]! + column) * width;
    return Array.from(data.subarray(at, at + width) as Float32Array);
  }
}

function opposite(a: readonly number[], b: Float32Array): boolean {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) < 0;
}
