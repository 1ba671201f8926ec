/**
 * Of an extension that bears the name of the Jupyter extension and brings the debugger of Python, neither of which can be
 * had here: they are what its program, x.js, makes of them.
 */
export const standInManifest = JSON.stringify({
  name: 'jupyter',
  publisher: 'ms-toolsai',
  version: '0.0.1',
  engines: { vscode: '^1.90.0' },
  main: './x.js',
  activationEvents: ['onNotebook:jupyter-notebook', 'onDebugResolve:debugpy'],
  contributes: { debuggers: [{ type: 'debugpy', label: 'Python', languages: ['python'] }] },
});
