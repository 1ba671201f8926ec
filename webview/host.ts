import type { FromPanel, ToPanel } from '../src/views/panel/contract.ts';

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
  window.addEventListener('message', (event: MessageEvent<To>) => onMessage(event.data));
  return {
    send: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    kept: () => api.getState(),
  };
}
