import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packages } from '../suites/packages.ts';
import { scratchFolder } from '../workbench/folders.ts';
import { nativeTarget } from '../workbench/nativeTarget.ts';
import { faultsOf, filesIn, type PackedFiles } from '../workbench/packageRules.ts';

const target = nativeTarget();

const kinds = [
  { name: 'universal', variable: 'ATTRIBUTION_LENS_VSIX', runtime: 'onnxruntime-web' },
  {
    name: target ?? 'native',
    variable: 'ATTRIBUTION_LENS_VSIX_NATIVE',
    runtime: target ? 'onnxruntime-node' : 'onnxruntime-web',
  },
] as const;

for (const { name, variable, runtime } of kinds) {
  describe(`The ${name} .vsix`, () => {
    let files: PackedFiles;
    let bytes: Uint8Array;

    before(async function () {
      this.timeout(120_000);
      ({ files, bytes } = await filesIn(process.env[variable] ?? (await packages())[variable]));
    });

    it('holds what is needed and nothing else, with binaries of its own platform only, and names no folder of this machine', () => {
      assert.deepEqual(faultsOf(files, bytes, runtime === 'onnxruntime-node' ? target : undefined), []);
    });

    it(`explains and draws the sample with ${runtime}, far from any other node_modules`, async function () {
      this.timeout(60_000);
      await using scratch = await scratchFolder('vsix');
      for (const [file, content] of files) {
        await mkdir(dirname(join(scratch.path, file)), { recursive: true });
        await writeFile(join(scratch.path, file), content);
      }
      const { model, data } = sampleFiles(files);
      const sample = join(scratch.path, 'media/sample');
      const answer = execFileSync(
        process.execPath,
        [join(scratch.path, 'dist/cli.cjs'), 'explain', join(sample, model), join(sample, data)],
        { cwd: sample, encoding: 'utf8', maxBuffer: 64e6 },
      );
      const parsed = JSON.parse(answer);
      const [explanation] = Array.isArray(parsed) ? parsed : [parsed];
      assert.ok(explanation.probabilities.length >= 2);
      assert.ok(explanation.provenance.runtime.startsWith(`${runtime} `), explanation.provenance.runtime);
      const tfjs = execFileSync(
        process.execPath,
        [
          ...[join(scratch.path, 'dist/cli.cjs'), 'explain', join(sample, model), join(sample, data)],
          ...['--runtime', 'tfjs-wasm'],
        ],
        { cwd: sample, encoding: 'utf8', maxBuffer: 64e6 },
      );
      const [again] = [JSON.parse(tfjs)].flat();
      assert.match(again.provenance.runtime, /^tfjs-wasm /);
      assert.ok(Math.abs(again.logits[0] - explanation.logits[0]) < 1e-4, `${again.logits}`);
      const png = execFileSync(
        process.execPath,
        [
          join(scratch.path, 'dist/cli.cjs'),
          'explain',
          join(sample, model),
          join(sample, data),
          '--format',
          'png',
        ],
        { cwd: sample, maxBuffer: 64e6 },
      );
      assert.equal(png.toString('latin1', 0, 4), '\x89PNG');
    });
  });
}

/** Paths inside the sample workspace: the model its project file names, and the first CSV. */
function sampleFiles(files: PackedFiles): { model: string; data: string } {
  const inside = [...files.keys()].flatMap((file) =>
    file.startsWith('media/sample/') ? [file.slice(13)] : [],
  );
  const model = inside.find((file) => file.endsWith('.onnx'));
  const data =
    inside.find((file) => /walk.*\.csv$/.test(file)) ?? inside.find((file) => file.endsWith('.csv'));
  assert.ok(model && data, 'the sample has no model or no CSV');
  return { model, data };
}
