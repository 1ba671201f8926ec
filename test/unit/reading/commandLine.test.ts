import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { agreementText } from '../../../src/export/text/agreementText.ts';
import { withSettings } from '../../../src/project/settings.ts';
import { Refusal } from '../../../src/refusal.ts';

const file = (name: string) => join(import.meta.dirname, '..', '..', 'fixtures', 'reading', name);

describe('reading: what is asked can be said', () => {
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());

  const questions = [
    ['window_id.csv', 'f3_free_c4.onnx', [3, 1]],
    ['file_gesture.csv', 'f3_free_c4.onnx', [6, 1]],
    ['heartbeat_one.csv', 'f1_t187_c5.onnx', [1, 1]],
    ['ints_label_first.tsv', 'f1_free_c2.onnx', [8, 8]],
  ] as const;
  for (const [name, model, instances] of questions) {
    it(`every way out of ${name} reads it`, async () => {
      const request = { data: file(name), model: file(model) };
      const asked = await engine.data(request).catch((error: unknown) => error);
      assert.ok(asked instanceof Refusal && asked.code.startsWith('ask-'));
      const ways = [...asked.message.matchAll(/command line: ((?:--set (?:'[^']*'|\S+) ?)+)\)/g)];
      assert.ok(ways.length >= 2, asked.message);
      for (const [index, count] of instances.entries()) {
        const set = [...ways[index]![1]!.matchAll(/--set (?:'([^']*)'|(\S+))/g)].map(
          (one) => one[1] ?? one[2]!,
        );
        const { plan } = await engine.data({ ...request, set });
        assert.equal(plan.instances, count, set.join(' '));
      }
    });
  }

  it('says the role of every column and why', async () => {
    const { plan } = await engine.data({ data: file('id_time.csv'), model: file('f3_t100.onnx') });
    assert.deepEqual(
      plan.parts.map(({ name, role }) => [name, role]),
      [
        ['id', 'aside'],
        ['time', 'time'],
        ['ax', 'feature'],
        ['ay', 'feature'],
        ['az', 'feature'],
      ],
    );
    assert.ok(plan.parts.every(({ reason }) => reason.length > 5));
    assert.deepEqual(structuredClone(plan), plan);
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  });

  it('puts settings before what attribution.json says', () => {
    const text = '{ "data": { "time": "t" } // mine\n}';
    const set = ['data.time=Time (s)', 'data.label=null', 'data.case=["a","b"]', 'data.skip=3'];
    const plain = withSettings(text, set).replace('// mine', '');
    assert.deepEqual(JSON.parse(plain), {
      data: { time: 'Time (s)', label: null, case: ['a', 'b'], skip: 3 },
    });
    assert.throws(() => withSettings('{}', ['time']), { code: 'usage' });
  });
});

describe('reading: labels against predictions, for the terminal', () => {
  it('says how many agree, and the order that fits better', () => {
    const findings = [{ code: 'x', severity: 'warning', sentence: 'in the order b, a 90 % would' }] as const;
    assert.equal(
      agreementText({ checked: 12, agree: 0.25, findings }, undefined),
      'labels   25 % of 12 labelled instances agree with the predictions\nwarning: in the order b, a 90 % would\n',
    );
    assert.equal(
      agreementText({ checked: 60, labelled: 370, agree: 0.5, findings: [] }, undefined),
      'labels   50 % of a sample of 60 (of 370 labelled instances, some of each label) agree with the predictions\n',
    );
    const strange = { labels: ['d', 'e\u001b[31m'], instances: 4 };
    assert.equal(
      agreementText({ checked: 12, agree: 0.5, strange, findings: [] }, undefined),
      'labels   50 % of 8 labelled instances agree with the predictions\nwarning: 4 of 12 labelled instances looked at have labels that are none of the model\'s classes (d, e\\u001b[31m); set "classes" in attribution.json, in the model\'s order.\n',
    );
    const long = `a${'b'.repeat(300)}c`;
    const whole = [{ code: 'x', severity: 'warning', sentence: long }] as const;
    assert.ok(agreementText({ checked: 12, findings: whole }, undefined).includes(long));
    assert.equal(agreementText({ checked: 12, findings: [] }, undefined), '');
    assert.equal(agreementText(undefined, 'too long.'), 'warning: too long.\n');
  });
});
