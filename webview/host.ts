import type { FromPanel, ToPanel } from '../src/views/panel/contract.ts';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  setState(state: unknown): void;
  getState(): unknown;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host, as the page sees it. */
export interface Host {
  send(message: FromPanel): void;
  /** What the host wants to find again after a window reload. */
  keep(state: unknown): void;
  /** What was kept before the page went. */
  kept(): unknown;
}

/** May be called once: VS Code hands its interface out a single time. */
export function connect(onMessage: (message: ToPanel) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<ToPanel>) => onMessage(event.data));
  return {
    send: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    kept: () => api.getState(),
  };
}
