/** Stand below everything: each is one file, or a folder that knows nothing of series. */
export const GROUND = [
  'refusal',
  'finding',
  'progress',
  'format',
  'random',
  'recent',
  'parts',
  'breaks',
  'files',
  'surfaces',
];

/**
 * Every room and the rooms it may call, beside the ground; a room stands above all that it calls, so an arrow upward
 * cannot be written down here. Drawn in docs/architecture.md.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  graph: [],
  architectures: ['graph'],
  formats: ['graph'],
  runtime: ['graph', 'formats'],
  start: ['runtime'],
  data: ['graph'],
  preprocess: ['data', 'graph', 'runtime'],
  project: ['data', 'preprocess', 'graph', 'formats'],
  attribution: ['graph', 'runtime', 'preprocess'],
  raster: ['attribution'],
  padding: ['preprocess', 'attribution', 'graph'],
  evaluation: ['preprocess', 'attribution', 'padding'],
  overview: ['data', 'attribution', 'padding'],
  runs: ['attribution', 'preprocess', 'raster'],
  notebook: [],
  training: ['attribution', 'graph'],
  repair: ['training', 'attribution', 'graph', 'runtime', 'padding'],
  export: [
    ...['data', 'graph', 'preprocess', 'attribution', 'raster', 'padding', 'evaluation', 'overview'],
    'repair',
  ],
  engine: [
    ...['data', 'preprocess', 'project', 'formats', 'graph', 'runtime', 'attribution', 'padding'],
    ...['evaluation', 'overview', 'export', 'architectures', 'training', 'repair', 'start'],
  ],
  agents: [
    ...['project', 'preprocess', 'graph', 'attribution', 'evaluation', 'overview', 'repair', 'export'],
    'engine',
  ],
  cli: [
    ...['data', 'project', 'preprocess', 'graph', 'attribution', 'evaluation', 'overview'],
    ...['export', 'engine', 'agents', 'architectures', 'padding', 'repair', 'start'],
  ],
  api: ['data', 'preprocess', 'project', 'attribution', 'padding', 'engine'],
  session: [
    ...['data', 'project', 'preprocess', 'formats', 'graph', 'runtime', 'attribution', 'raster', 'overview'],
    ...['runs', 'engine', 'repair', 'notebook'],
  ],
  views: [
    ...['data', 'graph', 'attribution', 'raster', 'padding', 'engine', 'session', 'agents'],
    ...['repair', 'training', 'notebook'],
  ],
  commands: [
    ...['project', 'preprocess', 'graph', 'attribution', 'overview', 'runs', 'export', 'engine'],
    ...['session', 'views', 'architectures', 'repair', 'notebook'],
  ],
  extension: ['session', 'views', 'commands'],
  webview: [
    ...['data', 'graph', 'attribution', 'raster', 'padding', 'evaluation', 'overview', 'runs', 'repair'],
    ...['architectures', 'views'],
  ],
};

/** The only rooms that import `vscode`. */
export const EDITOR = ['session', 'views', 'commands', 'extension'];
