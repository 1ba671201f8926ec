import assert from 'node:assert/strict';
import { refusalOf } from './reading.ts';
import { header, read } from './toyTs.ts';

describe('aeon/sktime .ts files', () => {
  const bad: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'TypeScript',
      'export const x = 1;\n',
      'typescript-file',
      /^toy\.ts is not a time series file: .*probably TypeScript\.$/,
    ],
    ['a decorated class', '@Component({})\nclass X {}\n', 'typescript-file', /probably TypeScript/],
    [
      'a regression target that is no number',
      '@problemName T\n@targetLabel true\n@data\n1:tall\n',
      'not-numeric',
      /^toy\.ts, line 4: the target "tall" is not a number/,
    ],
    [
      'an unknown directive',
      '@problemName T\n@frequency 5\n@data\n',
      'ts-header',
      /^toy\.ts, line 2: "@frequency 5" is not a known line/,
    ],
    ['no @data', '@problemName T\n@classLabel true a b\n', 'ts-header', /^toy\.ts ends before @data/],
    [
      'series before @data',
      '@problemName T\n1,2:3,4:a\n',
      'ts-header',
      /^toy\.ts, line 2: .*is @data missing/,
    ],
    ['no series', '@problemName T\n@data\n\n', 'no-rows', /^toy\.ts has no series after @data\.$/],
    [
      'a flag that is none',
      '@problemName T\n@univariate maybe\n@data\n',
      'ts-header',
      /^toy\.ts, line 2: @univariate must be true or false, not "maybe"\.$/,
    ],
    [
      'a count that is none',
      '@problemName T\n@dimensions x\n@data\n',
      'ts-header',
      /^toy\.ts, line 2: @dimensions must be a whole number, not "x"\.$/,
    ],
    [
      'univariate with dimensions',
      '@problemName T\n@univariate true\n@dimensions 3\n@data\n',
      'ts-header',
      /both @univariate true and @dimensions 3/,
    ],
    [
      'dimensions of different length',
      `${header}1,2:3,4:up\n1,2,3:4,5:up\n`,
      'ts-length',
      /^toy\.ts, line 8: dimension 1 has 3 steps, dimension 2 has 2/,
    ],
    [
      'another count of dimensions than declared',
      `@dimensions 3\n${header}1:2:up\n`,
      'ts-dimensions',
      /^toy\.ts, line 8: 3 dimensions expected, 2 found\.$/,
    ],
    [
      'another count of dimensions than before',
      `${header}1:2:up\n1:2:3:up\n`,
      'ts-dimensions',
      /^toy\.ts, line 8: 2 dimensions expected as in the first case, 3 found\.$/,
    ],
    [
      'another length than declared',
      `@seriesLength 3\n${header}1,2:3,4:up\n`,
      'ts-length',
      /^toy\.ts, line 8: the header says @seriesLength 3, dimension 1 has 2 steps\.$/,
    ],
    [
      'unequal in an equal-length file',
      `@equalLength true\n${header}1,2:3,4:up\n1:2:up\n`,
      'ts-length',
      /^toy\.ts, line 9: the header says @equalLength true, but this case has 1 step and the first has 2\.$/,
    ],
    [
      'an unknown class',
      `${header}1:2:sideways\n`,
      'unknown-label',
      /^toy\.ts, line 7: "sideways" is not one of the classes in the header \(up, down\)\.$/,
    ],
    [
      'a word',
      `${header}1,x:2,3:up\n`,
      'not-numeric',
      /^toy\.ts, line 7, dimension 1, step 2: "x" is not a number\.$/,
    ],
    [
      'a missing value',
      `${header}1,2:3,?:up\n`,
      'missing-value',
      /^toy\.ts, line 7, dimension 2, step 2: the value is missing; /,
    ],
    [
      'times that go back',
      '@problemName T\n@timeStamps true\n@data\n(0,1),(2,2),(1,3)\n',
      'ts-timestamps',
      /^toy\.ts, line 4, dimension 1, step 3: time goes back to 1/,
    ],
    [
      'dimensions of different times',
      '@problemName T\n@data\n(0,1),(2,2):(0,1),(3,2)\n',
      'ts-timestamps',
      /^toy\.ts, line 3: dimension 2 has other times than dimension 1/,
    ],
    [
      'a pair that is none',
      '@problemName T\n@data\n(0,1),(2,2\n(',
      'ts-timestamps',
      /no \(time,value\) pair/,
    ],
  ];
  for (const [what, text, code, sentence] of bad) {
    it(`refuses ${what}`, async () => {
      const refusal = await refusalOf(read(text));
      assert.match(refusal.message, sentence);
      assert.equal(refusal.code, code);
    });
  }
});
