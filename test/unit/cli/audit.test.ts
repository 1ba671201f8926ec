import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../../src/cli/main.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { zooFolder } from '../../zoo/zoo.ts';
import { captured } from './captured.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

describe('audit and masked on the command line', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-cli-audit-'));
  const data = join(folder, 'noise.csv');
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
    writeFileSync(data, noiseCsv({ labelled: true }));
    writeFileSync(
      join(folder, 'attribution.json'),
      readFileSync(tiny('attribution.json'), 'utf8').replace(
        '"tiny.onnx"',
        JSON.stringify(tiny('tiny.onnx')),
      ),
    );
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The command line in this process, with what it writes. */
  async function cli(...words: string[]) {
    const { code, stdout: out, stderr: err } = await captured(() => main(words, engine));
    return { code, out, err };
  }
  const audit = (...words: string[]) => cli('audit', tiny('tiny.onnx'), data, ...words);

  it('says the three answers, what the map shows, every change of the padding, findings', async () => {
    const { code, out, err } = await audit();
    assert.deepEqual([code, err], [0, '']);
    assert.match(
      out,
      /^14 instances, 2 classes, padded to 24 steps \(end\), balanced accuracy \d+ % \[\d+ %, \d+ %\]\n/,
    );
    for (const title of ['Length', "Padding's place", "Padding's look"]) {
      assert.match(
        out,
        new RegExp(
          `\\n${title}: (robust|FRAGILE|carries the class|no|unclear|YES|responds, .*|cannot tell)\\. `,
        ),
      );
    }
    assert.match(out, /\nWhat the map shows on padding: \d+ % on padding\. At /);
    assert.equal(out.match(/ flip, mean \|Δp\| 0\.\d{3}\n/g)!.length, 11);
    assert.match(out, /\ninfo: 14 instances are padded \(end\)/);
  });

  it('--json parses and holds the verdicts; --seed decides the noise and nothing else', async () => {
    const seeded = async (seed: string) => {
      const { code, out } = await audit('--json', '--seed', seed);
      assert.equal(code, 0);
      return JSON.parse(out);
    };
    const [one, again, other] = [await seeded('3'), await seeded('3'), await seeded('4')];
    assert.deepEqual(again, one);
    assert.deepEqual([one.seed, other.seed], [3, 4]);
    assert.deepEqual(Object.keys(one.verdicts), [
      ...['lengthEvidence', 'layout', 'look', 'mapArtefact', 'carrierDependence'],
    ]);
    assert.deepEqual(Object.keys(one.verdicts.lengthEvidence), ['answer', 'reason', 'numbers']);
    assert.notDeepEqual(other.carrier.noise, one.carrier.noise);
    assert.deepEqual(other.carrier.last_value.flipped, one.carrier.last_value.flipped);
    assert.equal(one.n_instances, 14);
    assert.match(one.provenance.modelHash, /^[0-9a-f]{64}$/);
  });

  it('--case audits one instance, by id or position', async () => {
    const byId = await audit('--case', 'i4', '--json');
    const byPosition = await audit('--case', '4', '--json');
    assert.deepEqual(JSON.parse(byPosition.out), JSON.parse(byId.out));
    assert.deepEqual(
      JSON.parse(byId.out).instances.map(({ id }: { id: string }) => id),
      ['i4'],
    );
    const { out } = await audit('--case', 'i4');
    assert.match(out, /^1 instance, /);
    assert.match(out, /truncation: (flips|holds), \|Δp\| 0\.\d{3}\n/);
    assert.equal(JSON.parse((await audit('--case', 'all', '--json')).out).n_instances, 14);
  });

  it('--report writes a page beside what is said', async () => {
    const report = join(folder, 'report.html');
    const { code, out } = await audit('--report', report);
    assert.equal(code, 0);
    assert.match(out, /^Length: /m);
    assert.match(readFileSync(report, 'utf8'), /^<!doctype html>[\s\S]*Length evidence[\s\S]*<\/html>\n$/);
  });

  it('--mask and --layer decide what is looked at', async () => {
    const { out } = await audit('--json', '--mask', 'length:6', '--layer', 'conv1d');
    const found = JSON.parse(out);
    assert.ok(found.instances.every(({ L }: { L: number }) => L === 6));
    assert.ok('conv1d' in found.maps);
  });

  it('masked writes a model with the mask as its second input', async () => {
    const path = join(folder, 'masked.onnx');
    const { code, out, err } = await cli('masked', tiny('tiny.onnx'), path);
    assert.deepEqual([code, out, err], [0, '', '']);
    const { inputs, outputs, metadata } = readOnnx(readFileSync(path));
    const made = JSON.parse(metadata!.get('attribution.masked')!);
    const hash = createHash('sha256')
      .update(readFileSync(tiny('tiny.onnx')))
      .digest('hex');
    assert.deepEqual([made.model, made.model_sha256, made.form], ['tiny.onnx', hash, 'mask input']);
    assert.deepEqual(
      inputs.map(({ name, dims }) => [name, dims.slice(1)]),
      [
        [inputs[0]!.name, [4, 24]],
        ['attribution_padding_mask', [24]],
      ],
    );
    assert.deepEqual(
      outputs.map(({ name }) => name),
      readOnnx(readFileSync(tiny('tiny.onnx'))).outputs.map(({ name }) => name),
    );
  });

  it('masked --drop-in keeps the single input and answers as the masked model does', async () => {
    const [told, alone] = [join(folder, 'masked.onnx'), join(folder, 'drop-in.onnx')];
    const made = await cli('masked', tiny('tiny.onnx'), alone, '--drop-in', data);
    assert.deepEqual([made.code, made.out, made.err], [0, '', '']);
    assert.deepEqual(
      readOnnx(readFileSync(alone)).inputs.map(({ dims }) => dims.slice(1)),
      [[4, 24]],
    );
    const config = ['--config', tiny('attribution.json')];
    const [one, other] = [
      JSON.parse((await cli('explain', told, data, ...config)).out),
      JSON.parse((await cli('explain', alone, data, ...config)).out),
    ];
    assert.ok(Math.abs(one.logits[0] - other.logits[0]) < 1e-5, `${one.logits} and ${other.logits}`);
    const refused = await cli('masked', tiny('tiny.onnx'), alone, '--mask', 'none');
    assert.match(refused.err, /masked takes --mask with --drop-in DATA only/);
  });

  it('explain --masked-model gives the other model’s answer and says so', async () => {
    const [plain, masked] = [
      JSON.parse((await cli('explain', tiny('tiny.onnx'), data)).out),
      JSON.parse((await cli('explain', tiny('tiny.onnx'), data, '--masked-model')).out),
    ];
    assert.deepEqual([plain.maskedModel, masked.maskedModel], [false, true]);
    assert.notDeepEqual(masked.logits, plain.logits);
    const codes = (of: { findings: { code: string }[] }) => of.findings.map(({ code }) => code);
    assert.ok(codes(masked).includes('masked-model') && !codes(plain).includes('masked-model'));
  });

  const refused: [string, () => ReturnType<typeof cli>, RegExp][] = [
    ['a missing model', () => cli('audit', 'nowhere.onnx', data), /nowhere\.onnx/],
    ['a missing file', () => cli('audit', tiny('tiny.onnx'), 'nowhere.csv'), /nowhere\.csv/],
    ['no data', () => cli('audit', tiny('tiny.onnx')), /audit needs DATA/],
    ['an unknown case', () => audit('--case', 'x7'), /no case "x7"/],
    ['an unknown layer', () => audit('--layer', 'x7'), /x7.*conv2dblock/],
    [
      'a seed that is no number',
      () => audit('--seed', 'soon'),
      /--seed takes a whole number from 0 to 999999999, not "soon"/,
    ],
    ['a seed below 0', () => audit('--seed=-1'), /--seed takes a whole number from 0/],
    ['an option of another command', () => audit('--method', 'hirescam'), /audit has no option --method/],
    [
      'a report that is no page',
      () => audit('--report', join(folder, 'r.txt')),
      /--report writes HTML, so its file must end in \.html or \.htm, not ".*r\.txt"/,
    ],
    ['a report where none can be', () => audit('--report', join(folder, 'no', 'r.html')), /r\.html in /],
    ['masked without a place', () => cli('masked', tiny('tiny.onnx')), /masked needs OUT\.onnx/],
    ['masked with data', () => cli('masked', 'a', 'b', 'c'), /not "c"/],
  ];
  for (const [what, run, sentence] of refused) {
    it(`exits with 2 and one sentence: ${what}`, async () => {
      const { code, err } = await run();
      assert.equal(code, 2, err);
      assert.match(err, /^attribution-lens: [^\n]+\n$/);
      assert.match(err, sentence);
    });
  }

  describe('of a model that cannot be masked', () => {
    it('exits with 2, names the operator and leaves no file', async () => {
      const path = join(folder, 'norms.onnx');
      const { code, err } = await cli('masked', join(zooFolder, 'norms.dynamo18.onnx'), path);
      assert.equal(code, 2);
      assert.match(err, /\w+ ".*" carries padding along time/);
      assert.ok(!existsSync(path) && !existsSync(`${path}.part`));
    });
  });
});
