import assert from 'node:assert/strict';
import { editJson } from '../../../src/project/editJson.ts';
import { LARGEST_PROJECT } from '../../../src/project/parseJson.ts';
import { parseProject } from '../../../src/project/parseProject.ts';
import { preprocessSteps } from '../../../src/project/preprocessSteps.ts';
import { decodeRun } from '../../../src/session/runs/runFile.ts';
import { tooMuchText } from '../../../src/views/inline/cellRanges.ts';
import { recognise } from '../../../src/views/lenses/recognise.ts';

/** How long each takes on the worst within these bounds: `npm run bench host`. */
describe('What the extension host parses is bounded', () => {
  const huge = `{ "mask": "none",${' '.repeat(LARGEST_PROJECT)}}`;

  it('attribution.json, read or edited', () => {
    const refused = {
      code: 'project-unreadable',
      message: /is larger than 256 kB: that is no project file\.$/,
    };
    assert.throws(() => parseProject(huge, '/w/attribution.json'), refused);
    assert.throws(() => editJson(huge, ['mask'], 'auto'), refused);
    assert.throws(() => editJson('{ "data": true }', ['data', 'time'], 't'), {
      code: 'project-json',
      message:
        /^attribution\.json: "data" is no object, so "data\.time" cannot be written into it; mend it by hand\.$/,
    });
    assert.deepEqual(preprocessSteps('['.repeat(50_000)), []);
    assert.deepEqual(preprocessSteps(`${huge.slice(0, -1)}"preprocess":[{"pad":{}}]}`), []);
  });

  it('a file in one long line is edited as it is, others are kept in form', () => {
    const names = Array.from({ length: 4000 }, (_, i) => `"c${i}"`).join(',');
    const line = `{"data":{"features":[${names}]}}`;
    assert.equal(editJson(line, ['mask'], 'none'), `${line.slice(0, -1)},"mask": "none"}`);
    assert.equal(
      editJson('{\n    "model": "a.onnx"\n}\n', ['mask'], 'none'),
      '{\n    "model": "a.onnx",\n    "mask": "none"\n}\n',
    );
  });

  it('scripts and their lines, rows of cells, kept runs', () => {
    const line = 'x = np.pad(x, 3)\n';
    assert.equal(recognise(line, 'python').length, 1);
    assert.equal(recognise(line.repeat(100_000), 'python').length, 0);
    assert.equal(recognise(`${' '.repeat(1000)}${line}`, 'python').length, 0);
    assert.ok(!tooMuchText(Array<string>(100).fill('1,2,3')));
    assert.ok(tooMuchText(Array<string>(100).fill('1,2,3'.repeat(2000))));
    assert.throws(() => decodeRun(Buffer.from(`[${'1,'.repeat(2 ** 19)}1]\n`)), /header is too large/);
    assert.throws(() => decodeRun(Buffer.from(`${'['.repeat(1000)}\n`)), /header is too large/);
  });
});
