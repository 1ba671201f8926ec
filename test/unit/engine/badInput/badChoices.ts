import { asked, type BadCase, project } from './ask.ts';

export const badProjects: readonly BadCase[] = [
  {
    what: 'attribution.json with a syntax error',
    ask: project('{ "classes": [ }'),
    sentence: /attribution\.json/,
  },
  { what: 'attribution.json with a wrong type', ask: project({ classes: 7 }), sentence: /classes/ },
  { what: 'attribution.json with an unknown key', ask: project({ clases: ['a'] }), sentence: /clases/ },
  {
    what: 'mean of the wrong length',
    ask: project({ preprocess: [{ standardize: { mean: [1], std: [1] } }] }),
    sentence: /1|4/,
  },
  { what: 'pad to another length', ask: project({ preprocess: [{ pad: { to: 30 } }] }), sentence: /30.*24/ },
  { what: 'no such label column', ask: project({ data: { label: 'species' } }), sentence: /species/ },
  {
    what: 'a training file that is not there',
    ask: project({ preprocess: [{ standardize: { from: 'gone.csv' } }] }),
    sentence: /gone\.csv/,
  },
  { what: 'layout that does not fit', ask: project({ input: 'N1FT' }), sentence: /N1FT/ },
];

export const badChoices: readonly BadCase[] = [
  { what: 'no such class', ask: asked({ target: 'sideways' }), sentence: /no class "sideways".*left, right/ },
  { what: 'class number out of range', ask: asked({ target: 2 }), sentence: /no class 2/ },
  { what: 'no such layer', ask: asked({ layer: 'conv9' }), sentence: /conv9.*conv2dblock/ },
  {
    what: 'a tensor without time',
    ask: asked({ layer: 'logits' }),
    sentence: /no map/,
  },
  {
    what: 'length beyond the series',
    ask: asked({ mask: { kind: 'length', length: 99, side: 'end' } }),
    sentence: /99/,
  },
  {
    what: 'no such mask column',
    ask: asked({ mask: { kind: 'mask-column', column: 'real' } }),
    sentence: /real/,
  },
  {
    what: 'no such length column',
    ask: asked({ mask: { kind: 'length-column', column: 'len', side: 'end' } }),
    sentence: /len/,
  },
];
