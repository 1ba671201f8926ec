/** A file, and for a bad one the sentence it is refused with. */
export interface Example {
  readonly what: string;
  readonly text: string;
  readonly refused?: RegExp;
  /** What JSON schema cannot say. */
  readonly beyondSchema?: boolean;
}

const value = (what: string, json: string, refused?: RegExp, beyondSchema = false): Example => ({
  what,
  text: `{ ${json} }`,
  refused,
  beyondSchema,
});

/** Read by both the parser and the JSON schema, which must agree. */
export const examples: readonly Example[] = [
  value('nothing', ''),
  value('a schema', '"$schema": "./schema.json"'),
  value('a model', '"model": "models/xcm.onnx"'),
  value('a first layer', '"layer": "conv1"'),
  value('a layer that is a number', '"layer": 3', /"layer" must be the name of a layer, not 3/),
  value('a layout of the input', '"input": "N1FT"'),
  value('classes', '"classes": ["walk", "run"]'),
  value(
    'all of data',
    '"data": { "files": "data/**/*.csv", "layout": "long", "case": "case", "time": null, "label": "y", "features": ["a"], "delimiter": "\\t", "decimal": ",", "header": false, "missing": "interpolate" }',
  ),
  value(
    'steps',
    '"preprocess": [{ "standardize": { "mean": [1, 2.5], "std": [0, 1] } }, { "pad": { "to": 131, "value": -1, "side": "front" } }]',
  ),
  value(
    'steps with defaults',
    '"preprocess": [{ "standardize": "instance" }, { "pad": {} }, { "truncate": { "to": null, "keep": "end" } }]',
  ),
  value(
    'edges and resampling',
    '"preprocess": [{ "pad": { "value": "edge" } }, { "resample": { "to": 40 } }]',
  ),
  value('statistics from a file', '"preprocess": [{ "standardize": { "from": "data/train.csv" } }]'),
  ...[
    'auto',
    'none',
    'trailing',
    'leading',
    'length:28',
    'length:28@front',
    'length-column:n',
    'length-column:n@front',
    'mask-column:a b',
  ].map((mask) => value(`mask ${mask}`, `"mask": "${mask}"`)),

  value(
    'an unknown key',
    '"modle": "x"',
    /^attribution\.json, line 1: "modle" is not known, did you mean "model"\.$/,
  ),
  value(
    'an unknown key like none',
    '"colour": 1',
    /"colour" is not known \(allowed: model, input, classes, task, output, outputs, outputAxes, layer, data, preprocess, mask\)/,
  ),
  value(
    'an unknown key deeper',
    '"data": { "feature": [] }',
    /"data\.feature" is not known, did you mean "features"/,
  ),
  value('a model that is no text', '"model": 3', /"model" must be a path, not 3\.$/),
  value('an empty model', '"model": ""', /"model" must be a path, not ""/),
  value(
    'an unknown layout of the input',
    '"input": "TNF"',
    /"input" must be "NFT", "NTF", "NFT1", "NTF1", "N1FT" or "N1TF", not "TNF"\.$/,
  ),
  value('one class', '"classes": ["a"]', /"classes" must be a list of at least two class names/),
  value(
    'a name that no sentence could hold',
    `"data": { "case": "${'x'.repeat(1001)}" }`,
    /"data\.case" has 1001 characters, more than the 1000 that are read/,
  ),
  value('a class twice', '"classes": ["a", "a"]', /"classes" lists "a" twice/),
  value(
    'classes that are no list',
    '"classes": "a"',
    /"classes" must be a list of at least two class names, not "a"/,
  ),
  value(
    'a class that is no text',
    '"classes": ["a", 1]',
    /"classes\[1\]" must be a text that is not empty, not 1/,
  ),
  value('data that is no object', '"data": []', /"data" must be an object, not an array/),
  value(
    'an unknown layout',
    '"data": { "layout": "tall" }',
    /"data\.layout" must be "single", "long", "wide", "flatFT", "flatTF", "transposed" or "columns", not "tall"/,
  ),
  value(
    'a case column that is a number',
    '"data": { "case": 3 }',
    /"data\.case" must be a column name, or null for none, not 3/,
  ),
  value('no features', '"data": { "features": [] }', /"data\.features" must be a list of column names/),
  value('a feature twice', '"data": { "features": ["a", "b", "a"] }', /"data\.features" lists "a" twice/),
  value(
    'an unknown delimiter',
    '"data": { "delimiter": "x" }',
    /"data\.delimiter" must be ",", ";", "\\t", "\|" or " ", not "x"/,
  ),
  value(
    'a header that is a text',
    '"data": { "header": "yes" }',
    /"data\.header" must be true or false, not "yes"/,
  ),
  value(
    'an unknown policy',
    '"data": { "missing": "drop" }',
    /"data\.missing" must be "refuse", "keep", "zero", "previous" or "interpolate", not "drop"/,
  ),
  value(
    'an absolute glob',
    '"data": { "files": "/etc/*" }',
    /"data\.files" must be a pattern below the folder/,
  ),
  value(
    'a glob that leads out',
    '"data": { "files": "data/../../*.csv" }',
    /"data\.files" must be a pattern below the folder/,
  ),
  value('a glob with backslashes', '"data": { "files": "data\\\\*.csv" }', /with forward slashes/),
  value('a script', '"preprocess": { "script": "preprocess.py" }'),
  value('a script in another folder', '"preprocess": { "script": "tools/prepare.MJS" }'),
  value(
    'a script of another kind',
    '"preprocess": { "script": "preprocess.sh" }',
    /"preprocess\.script" must be a \.py, \.js, \.mjs, \.cjs or \.ts file\.$/,
  ),
  value(
    'an empty script',
    '"preprocess": { "script": "" }',
    /"preprocess\.script" must be the path of a script/,
  ),
  value(
    'neither steps nor script',
    '"preprocess": {}',
    /"preprocess" must be a list of steps or \{ "script"/,
  ),
  value(
    'a script with a list of arguments',
    '"preprocess": { "script": "a.py", "args": [] }',
    /"preprocess\.args" is not known/,
  ),
  value(
    'steps that are no list',
    '"preprocess": "pad"',
    /"preprocess" must be a list of steps or \{ "script": "preprocess\.py" \}, not "pad"/,
  ),
  value(
    'a step of two',
    '"preprocess": [{ "pad": {}, "truncate": {} }]',
    /"preprocess\[0\]" must have exactly one of "standardize", "pad", "resample" and "truncate"/,
  ),
  value('a step of none', '"preprocess": [{}]', /"preprocess\[0\]" must have exactly one/),
  value(
    'a step misspelt',
    '"preprocess": [{ "standardise": "instance" }]',
    /"preprocess\[0\]\.standardise" is not known, did you mean "standardize"/,
  ),
  value(
    'another word for instance',
    '"preprocess": [{ "standardize": "batch" }]',
    /"preprocess\[0\]\.standardize" must be "instance", \{ "mean"/,
  ),
  value(
    'a mean without a deviation',
    '"preprocess": [{ "standardize": { "mean": [1] } }]',
    /must be "instance"/,
  ),
  value(
    'a mean and a file',
    '"preprocess": [{ "standardize": { "mean": [1], "std": [1], "from": "a" } }]',
    /must be "instance"/,
  ),
  value(
    'no means',
    '"preprocess": [{ "standardize": { "mean": [], "std": [] } }]',
    /has 0 means and 0 deviations/,
  ),
  value(
    'a mean that is a text',
    '"preprocess": [{ "standardize": { "mean": ["1"], "std": [1] } }]',
    /standardize\.mean\[0\]" must be a number, not "1"/,
  ),
  value(
    'a negative deviation',
    '"preprocess": [{ "standardize": { "mean": [1], "std": [-2] } }]',
    /standardize\.std\[0\]" must not be negative \(it is -2\)/,
  ),
  value(
    'more means than deviations',
    '"preprocess": [{ "standardize": { "mean": [1, 2], "std": [1] } }]',
    /has 2 means and 1 deviations/,
    true,
  ),
  value(
    'means for other features',
    '"data": { "features": ["a"] }, "preprocess": [{ "standardize": { "mean": [1, 2], "std": [1, 1] } }]',
    /has 2 means, but "data\.features" lists 1 feature/,
    true,
  ),
  value(
    'padding to half a step',
    '"preprocess": [{ "pad": { "to": 2.5 } }]',
    /"preprocess\[0\]\.pad\.to" must be a whole number of steps .* not 2\.5/,
  ),
  value('padding to 0', '"preprocess": [{ "pad": { "to": 0 } }]', /must be a whole number of steps/),
  value(
    'padding to the moon',
    '"preprocess": [{ "pad": { "to": 1e12 } }]',
    /must be a whole number of steps/,
  ),
  value(
    'a side that is none',
    '"preprocess": [{ "pad": { "side": "left" } }]',
    /"preprocess\[0\]\.pad\.side" must be "end" or "front", not "left"/,
  ),
  value(
    'a pad value that is a text',
    '"preprocess": [{ "pad": { "value": "mean" } }]',
    /"preprocess\[0\]\.pad\.value" must be a number or "edge", not "mean"/,
  ),
  ...['always', 'length:0', 'length', 'length-column:', 'length-column:@front', 'mask-column:', ''].map(
    (mask) =>
      value(`mask "${mask}"`, `"mask": "${mask}"`, /"mask" must be one of auto, none, .*mask-column:NAME/),
  ),
  {
    what: 'an array',
    text: '[]',
    refused: /^attribution\.json, line 1: the file must be an object, not an array\.$/,
  },
];
