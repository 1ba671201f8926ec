/**
 * onnxruntime-node carries Microsoft's telemetry client: it writes a device's id and a database of events below the
 * cache folder, and asks the network for its collector. It reads this variable when the library is loaded.
 */
export const NO_TELEMETRY = { ORT_DISABLE_TELEMETRY: '1' } as const;

/** For this process; before onnxruntime-node is loaded, and in the main thread: only there a variable reaches native code. */
export function forbidTelemetry(): void {
  Object.assign(process.env, NO_TELEMETRY);
}
