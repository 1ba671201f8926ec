import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { relativeDifference } from '../../fixtures/reference.ts';
import { type ModelAnswers, modelAnswers, numbersIn, tfjsFolder } from '../../fixtures/tfjs/fixtures.ts';
import { bundled } from '../../workbench/bundled.ts';

function cli(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundled('src/cli.ts'), ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the command line on TensorFlow.js models', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-tfjs-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The second instance as a file of rows that are steps; floats are written in full. */
  function csvOf({ x }: ModelAnswers, name: string): string {
    const [, steps, features] = x.shape as [number, number, number];
    const values = numbersIn(x).slice(steps * features);
    const rows = Array.from({ length: steps }, (_, t) =>
      values.slice(t * features, (t + 1) * features).join(),
    );
    const header = Array.from({ length: features }, (_, f) => `f${f}`).join();
    writeFileSync(join(folder, name), [header, ...rows].join('\n'));
    return join(folder, name);
  }

  for (const { file, name, model, layer } of [
    { file: 'models.json', name: 'tcn', model: 'tcn', layer: 'add1_1' },
    { file: 'layers.json', name: 'residual', model: 'layers_residual', layer: 'add' },
  ] as const) {
    it(`${model}: layers, and the map of one`, () => {
      const path = join(tfjsFolder, model, 'model.json');
      assert.match(
        cli('layers', path).stdout,
        new RegExp(`^input +NTF: 3 features × 24 steps[\\s\\S]*${layer} +Add`),
      );
      const answers = modelAnswers(file)[name]!;
      const words = ['--layer', layer, '--no-relu', '--method', 'hirescam'];
      const { stdout, stderr } = cli('explain', path, csvOf(answers, `${name}.csv`), ...words);
      assert.equal(stderr, '');
      const { logits, mapNative } = JSON.parse(stdout);
      assert.ok(relativeDifference(logits, numbersIn(answers.logits).slice(3)) < 1e-4, `${logits}`);
      const expected = numbersIn(answers.maps[name === 'tcn' ? 'add1' : 'add']!.hirescam).slice(24);
      assert.ok(relativeDifference(mapNative, expected) < 1e-4, 'the map');
    });
  }

  it('says in one sentence what is wrong, with exit code 2', () => {
    const { status, stderr } = cli('layers', join(tfjsFolder, 'recurrent', 'model.json'));
    assert.equal(status, 2);
    assert.match(stderr, /^attribution-lens: model\.json: Node .* is control flow.*\.\n$/);
  });
});
