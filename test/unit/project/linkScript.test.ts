import assert from 'node:assert/strict';
import { linkScript } from '../../../src/project/linkScript.ts';
import { parseProject } from '../../../src/project/parseProject.ts';
import { refusal } from '../refusal.ts';

const scriptOf = (text: string) => parseProject(text, '/space/attribution.json').script;

describe('Linking a script in attribution.json', () => {
  it('makes a file where there is none', () => {
    const { text, replacedSteps } = linkScript('', 'preprocess.py');
    assert.equal(scriptOf(text), '/space/preprocess.py');
    assert.equal(replacedSteps, false);
  });

  it('keeps comments, order and indentation', () => {
    const before = '{\n\t// mine\n\t"mask": "none", // why\n\t"model": "a.onnx",\n}\n';
    const { text } = linkScript(before, 'tools/p.mjs');
    assert.equal(scriptOf(text), '/space/tools/p.mjs');
    for (const kept of ['\t// mine\n', '\t"mask": "none", // why\n', '\t"model": "a.onnx",']) {
      assert.ok(text.includes(kept), text);
    }
    assert.match(text, /\n\t"preprocess": \{/);
  });

  it('replaces steps and says so, replaces another script, and takes the link out again', () => {
    const first = linkScript('{ "preprocess": [{ "pad": {} }] }', 'a.py');
    assert.equal(first.replacedSteps, true);
    const second = linkScript(first.text, 'b.py');
    assert.equal(second.replacedSteps, false);
    assert.equal(scriptOf(second.text), '/space/b.py');
    assert.equal(scriptOf(linkScript(second.text, null).text), undefined);
  });

  it('leaves a broken file alone', () => {
    assert.throws(() => linkScript('{ "mask": ', 'a.py'), refusal('project-json', /line 1/));
    assert.throws(() => linkScript('[]', 'a.py'), refusal('project-value', /must be an object/));
  });
});
