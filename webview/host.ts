import { Parts } from '../src/parts.ts';
import type { FromPanel, PanelMessage, ToPanel } from '../src/views/panel/contract.ts';

type PartOfNext = Extract<PanelMessage, { kind: 'part' }>;

interface VsCodeApi<From> {
  postMessage(message: From): void;
  setState(state: unknown): void;
  getState(): unknown;
}

declare function acquireVsCodeApi<From>(): VsCodeApi<From>;

/** The extension host, as a page sees it. */
export interface Host<From = FromPanel> {
  send(message: From): void;
  /** What the host wants to find again after a window reload. */
  keep(state: unknown): void;
  /** What was kept before the page went. */
  kept(): unknown;
}

/** May be called once: VS Code hands its interface out a single time. */
export function connect<To = ToPanel, From = FromPanel>(onMessage: (message: To) => void): Host<From> {
  const api = acquireVsCodeApi<From>();
  let parts = new Parts();
  window.addEventListener('message', ({ data }: MessageEvent<To | PartOfNext>) => {
    if (isPart(data)) return parts.take(data.part);
    const message = parts.into(data);
    parts = new Parts();
    onMessage(message);
  });
  return {
    send: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    kept: () => api.getState(),
  };
}

function isPart(data: unknown): data is PartOfNext {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'part';
}
