import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { parseMaskChoice } from '../../../src/preprocess/maskChoice.ts';
import { parseProject } from '../../../src/project/parseProject.ts';
import { Refusal } from '../../../src/refusal.ts';
import { examples } from './examples.ts';

const read = (text: string, within?: string) => parseProject(text, '/space/sub/attribution.json', within);

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../media/schema/attribution.schema.json'), 'utf8'),
);
// What VS Code adds to the standard.
const ajv = new Ajv({
  allowUnionTypes: true,
  keywords: ['enumDescriptions', 'allowComments', 'allowTrailingCommas'],
});
const fits = ajv.compile(schema);

describe('attribution.json', () => {
  for (const { what, text, refused, beyondSchema } of examples) {
    it(`${refused ? 'refuses' : 'accepts'} ${what}, and so does the schema`, () => {
      if (refused) {
        assert.throws(
          () => read(text),
          (error) => {
            assert.ok(error instanceof Refusal, String(error));
            assert.match(error.message, refused);
            assert.ok(!error.message.includes('\n'));
            return true;
          },
        );
      } else {
        read(text);
      }
      assert.equal(fits(parse(text)), !refused || beyondSchema === true, ajv.errorsText(fits.errors));
    });
  }

  it('the schema describes every property', () => {
    const bare: string[] = [];
    const visit = (node: Record<string, unknown>, path: string): void => {
      for (const [name, property] of Object.entries(
        (node.properties ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        const target =
          typeof property.$ref === 'string' ? schema.definitions[property.$ref.split('/').at(-1)!] : property;
        if (!property.description && !target.description && name !== '$schema') {
          bare.push(`${path}.${name}`);
        }
        visit(target, `${path}.${name}`);
      }
    };
    visit(schema, '');
    for (const [name, definition] of Object.entries(schema.definitions)) {
      visit(definition as Record<string, unknown>, name);
    }
    assert.deepEqual(bare, []);
  });

  it('masks: parser and schema agree on any text', () => {
    const piece = fc.constantFrom(
      'auto',
      'none',
      'length',
      '-column',
      'mask',
      ':',
      '@',
      'front',
      'end',
      ' ',
      '1',
      '0',
      'x',
      '28',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const mask = pieces.join('');
        let accepted = true;
        try {
          parseMaskChoice(mask);
        } catch {
          accepted = false;
        }
        assert.equal(fits({ mask }), accepted, `"${mask}"`);
      }),
      { numRuns: 2000 },
    );
  });

  it('fills in defaults', () => {
    assert.deepEqual(read('{}'), {
      path: '/space/sub/attribution.json',
      folder: '/space/sub',
      data: {},
      preprocess: [],
      mask: { kind: 'auto' },
    });
    assert.deepEqual(read('{ "preprocess": [{ "pad": {} }, { "truncate": {} }] }').preprocess, [
      { kind: 'pad', to: null, value: 0, side: 'end' },
      { kind: 'truncate', to: null, keep: 'start' },
    ]);
  });

  it('reads comments, trailing commas and a byte order mark', () => {
    const project = read('\uFEFF{\n  // the model\n  "model": "a.onnx", /* and */ "mask": "none",\n}');
    assert.equal(project.model, '/space/sub/a.onnx');
    assert.deepEqual(project.mask, { kind: 'none' });
  });

  it('tells the line', () => {
    assert.throws(() => read('{\n  "data": {\n\n    "layout": 7\n  }\n}'), {
      message: /^attribution\.json, line 4: "data\.layout" must be/,
    });
    assert.throws(() => read('{\n  "model": "a"\n  "mask": "none"\n}'), {
      code: 'project-json',
      message: /^attribution\.json, line 3: this is no valid JSON: a comma is expected\.$/,
    });
    assert.throws(() => read('{\n  model: "a"\n}'), { message: /line 2: this is no valid JSON: / });
    assert.throws(() => read(''), { code: 'project-json' });
    assert.throws(() => read('{ "mask": "none", "mask": "auto" }'), { message: /"mask" stands twice/ });
    assert.throws(() => read('[[[['.repeat(50_000)), { code: 'project-json' });
  });

  it('paths start at the file and may be kept inside the workspace', () => {
    assert.equal(read('{ "model": "../m/a.onnx" }', '/space').model, '/space/m/a.onnx');
    assert.equal(read('{ "model": "../../a.onnx" }').model, '/a.onnx');
    for (const model of ['../../a.onnx', '/etc/passwd', '../../space2/a.onnx']) {
      assert.throws(() => read(JSON.stringify({ model }), '/space'), {
        code: 'project-path',
        message: /"model" leads out of the workspace folder/,
      });
    }
    const text = '{ "preprocess": [{ "standardize": { "from": "../../train.csv" } }] }';
    assert.throws(() => read(text, '/space'), {
      message: /"preprocess\[0\]\.standardize\.from" leads out of the workspace/,
    });
    assert.deepEqual(read(text).preprocess, [{ kind: 'standardize', by: 'file', from: '/train.csv' }]);
    assert.equal(read('{ "model": "..a.onnx" }', '/space/sub').model, '/space/sub/..a.onnx');
  });

  it('never answers with anything but a project or a refusal', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"model"',
      ':',
      ',',
      '"data"',
      'null',
      '1',
      '"mask"',
      '"auto"',
      '//',
      '\n',
      '/*',
      'true',
      '"preprocess"',
      '"pad"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          read(pieces.join(' '));
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
