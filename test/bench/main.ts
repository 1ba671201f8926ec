import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openOnnxRuntimeNode } from '../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../src/runtime/onnxRuntimeWeb.ts';
import { referenceFile } from '../fixtures/referenceFile.ts';
import { benchAudit } from './audit.ts';
import { benchEngine } from './engine.ts';
import { benchEvaluation } from './evaluation.ts';
import { benchFirstMap } from './firstMap.ts';
import { benchHost } from './host.ts';
import { benchHostCalls } from './hostCalls.ts';
import { benchLarge } from './large.ts';
import { benchLargeCsv } from './largeCsv.ts';
import { benchMaps } from './maps.ts';
import { benchManyInstances, benchOverview } from './overview.ts';
import { benchPeers } from './peers/benchPeers.ts';
import { benchRuntimes } from './runtimes.ts';
import { benchScript } from './script.ts';
import { benchTraining } from './training.ts';
import { benchTrainSteps } from './trainSteps.ts';

/** `npm run bench [maps] [runtimes] [audit] [evaluation] [overview] [engine] [script] [csv] [large] [host] [train] [panel] [peers]`: prints what things cost here; nothing fails for being slow. */
const wanted = new Set(process.argv.slice(2));
const wants = (part: string) => wanted.size === 0 || wanted.has(part);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(repository, 'dist/engine.cjs');

if (wants('maps')) {
  const models = ['xcm_content_w26.onnx', 'inceptiontime_content.onnx', 'fcn_content.onnx'].map(
    referenceFile,
  );
  const native = await openOnnxRuntimeNode().catch(() => undefined);
  for (const runtime of [...(native ? [native] : []), await openOnnxRuntimeWeb()]) {
    await benchMaps(models, runtime);
  }
}
if (wants('peers')) {
  const models = ['xcm_content_w26.onnx', 'inceptiontime_content.onnx', 'fcn_content.onnx'].map(
    referenceFile,
  );
  const page = process.argv.find((argument) => argument.endsWith('.md'));
  await benchPeers(models, await openOnnxRuntimeNode(), page);
}
if (wants('runtimes')) {
  const sample = join(repository, 'media/sample/models/xcm.onnx');
  const references = ['inceptiontime_content.onnx', 'fcn_content.onnx', 'lstmfcn_content.onnx'];
  await benchRuntimes([sample, ...references.map(referenceFile)]);
}
if (wants('host')) benchHost();
if (wants('host')) await benchHostCalls();
if (wants('audit')) {
  await benchAudit('jv_xcm');
}
if (wants('evaluation')) {
  await benchEvaluation(join(repository, 'media/sample'));
}
if (wants('overview')) {
  await benchManyInstances(10_000);
}
if (wants('overview')) {
  const data = referenceFile('JapaneseVowels/JapaneseVowels_TEST.ts');
  await benchOverview({ model: referenceFile('jv_xcm.onnx'), data, layer: 'conv2dblock' }, 370);
}
if (wants('train')) {
  await benchTrainSteps();
  await benchTraining();
}
if (wants('engine') || wants('script') || wants('csv') || wants('large')) {
  execFileSync(process.execPath, [join(repository, 'esbuild.mjs'), '--if-needed'], { stdio: 'inherit' });
}
if (wants('engine')) {
  const folder = await mkdtemp(join(tmpdir(), 'attribution-bench-'));
  const { standardization, class_names, feature_names } = JSON.parse(
    await readFile(referenceFile('xcm_content_w26.json'), 'utf8'),
  );
  const project = join(folder, 'attribution.json');
  const standardize = { mean: standardization.mean, std: standardization.std };
  await writeFile(
    project,
    JSON.stringify({
      classes: class_names,
      data: { features: feature_names },
      preprocess: [{ standardize }],
    }),
  );
  const data = referenceFile('padded30/padded30_content.csv');
  await benchEngine(entry, { model: referenceFile('xcm_content_w26.onnx'), data, project });
  await rm(folder, { recursive: true, force: true });
}
if (wants('script')) {
  await benchScript(entry, join(repository, 'media/sample'));
}
if (wants('csv')) {
  await benchLargeCsv(entry);
}
if (wants('large')) {
  await benchLarge(repository);
}
if (wants('panel')) {
  // By its address: the page's harness is type-checked with the DOM, the rest of the tests without.
  const harness: string = new URL('../webview/bench.ts', import.meta.url).href;
  await (await import(harness)).benchPanel();
  await benchFirstMap();
}
