import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as editor from '../../../src/surfaces/editorText.ts';
import { fileNamePart } from '../../../src/surfaces/fileName.ts';
import { canvasText, pageText } from '../../../src/surfaces/pageText.ts';
import { svgText } from '../../../src/surfaces/svg.ts';
import * as terminal from '../../../src/surfaces/terminal.ts';
import { hostileText, obeyed } from './hostileNames.ts';

interface PlainSurface {
  readonly make: (text: string) => string;
  readonly most: number;
  readonly lines?: boolean;
  /** Reads `[text](command:…)` and `$(icon)`. */
  readonly marks?: boolean;
}

const surfaces: Readonly<Record<string, PlainSurface>> = {
  message: { make: editor.messageText, most: 1000, marks: true },
  button: { make: editor.buttonText, most: 80, marks: true },
  list: { make: editor.listText, most: 300, marks: true },
  'status bar': { make: editor.statusText, most: 100, marks: true },
  tooltip: { make: editor.tooltipText, most: 1000, marks: true },
  'code lens': { make: editor.lensText, most: 300, marks: true },
  diagnostic: { make: editor.diagnosticText, most: 1000, marks: true },
  title: { make: editor.titleText, most: 120, marks: true },
  'log line': { make: editor.logText, most: 4000, marks: true },
  'log lines': { make: editor.logLines, most: 20_000, lines: true, marks: true },
  'terminal sentence': { make: terminal.terminalSentence, most: 1400 },
  'terminal line': { make: terminal.terminalLine, most: 2000 },
  'terminal cell': { make: terminal.terminalCell, most: 200 },
  'terminal stack': { make: terminal.terminalStack, most: 20_000, lines: true },
  page: { make: pageText, most: 4000, lines: true },
  canvas: { make: canvasText, most: 200 },
  SVG: { make: svgText, most: 2000 },
  'file name': { make: fileNamePart, most: 60 },
};

describe('Text for a surface', () => {
  for (const [name, { make, most, lines, marks }] of Object.entries(surfaces)) {
    it(`${name}: is harmless, bounded, and the same when made twice`, () => {
      fc.assert(
        fc.property(hostileText, (text) => {
          const made = make(text);
          assert.ok(made.length <= most, `${made.length} of ${most}`);
          assert.doesNotMatch(made, obeyed);
          if (!lines) assert.doesNotMatch(made, /[\n\t]/);
          if (marks) assert.doesNotMatch(made, /\]\(|\$\(/);
          assert.equal(make(made), made);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('leaves ordinary names of all languages as they are', () => {
    const names = [
      'acc_x',
      'Beschleunigung (m/s²)',
      'ضربان',
      'می‌خواهم',
      '心拍',
      'हिन्दी',
      '👩‍🔬 ❤️',
      'a$b [c] (d)',
      'C:\\data',
    ];
    for (const name of names) {
      assert.equal(editor.listText(name), name);
      assert.equal(terminal.terminalLine(name), name);
    }
  });

  it('shows what cannot be seen', () => {
    assert.equal(
      terminal.terminalLine('a\u001b[31mb\nc\u202Ed\u{e0041}'),
      'a\\u001b[31mb\\nc\\u202ed\\u{e0041}',
    );
    assert.equal(editor.messageText('[a](command:b) $(c)'), '[a] (command:b) $ (c)');
  });

  it('keeps the beginning and the end of a sentence that is too long', () => {
    const sentence = `The column "${'x'.repeat(5000)}" is there twice; rename one.`;
    const made = editor.messageText(sentence);
    assert.match(made, /^The column "x+…x+" is there twice; rename one\.$/);
  });

  it('is quick for a megabyte', () => {
    const long = '](\u001b$('.repeat(200_000);
    for (const { make } of Object.values(surfaces)) assert.ok(make(long).length <= 20_000);
  });
});
