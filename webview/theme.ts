/** Colours for what is drawn on canvases, read from the editor's theme; the rest of the page is CSS. */
export interface Theme {
  readonly ground: 'dark' | 'light';
  readonly highContrast: boolean;
  readonly background: string;
  readonly foreground: string;
  readonly dim: string;
  readonly grid: string;
  /** Line colours, told apart by name and place too. */
  readonly series: readonly string[];
  readonly profile: string;
  readonly font: string;
}

// Orange last: in Dark Modern it is a brown that hardly shows.
const chartColours = ['blue', 'green', 'purple', 'red', 'yellow', 'orange'];

/** VS Code's colours as they are now, with others where a theme lacks one. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string, otherwise: string) =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const kinds = document.body.classList;
  const forced = matchMedia('(forced-colors: active)').matches;
  const isLight = forced
    ? matchMedia('(prefers-color-scheme: light)').matches
    : kinds.contains('vscode-light') || kinds.contains('vscode-high-contrast-light');
  const ground = isLight ? 'light' : 'dark';
  const highContrast = forced || [...kinds].some((kind) => kind.startsWith('vscode-high-contrast'));
  const foreground = forced ? 'CanvasText' : colour('foreground', ground === 'dark' ? '#cccccc' : '#3b3b3b');
  return {
    ground,
    highContrast,
    background: forced ? 'Canvas' : colour('editor-background', ground === 'dark' ? '#1f1f1f' : '#ffffff'),
    foreground,
    dim: highContrast ? foreground : colour('descriptionForeground', foreground),
    grid: highContrast ? foreground : colour('panel-border', ground === 'dark' ? '#2b2b2b' : '#e5e5e5'),
    series: chartColours.map((name) => (forced ? 'CanvasText' : colour(`charts-${name}`, foreground))),
    profile: forced ? 'CanvasText' : colour('charts-yellow', foreground),
    font: colour('font-family', 'system-ui, sans-serif'),
  };
}

/** Calls back when the editor's theme or the system's contrast setting changes. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  matchMedia('(forced-colors: active)').addEventListener('change', changed);
}
