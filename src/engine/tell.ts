/** Calls what somebody else wrote; what it throws, or what its promise is rejected with, is handed to `failed`. */
export function tell(what: () => unknown, failed: (error: unknown) => void): void {
  try {
    const said = what();
    if (said instanceof Promise) said.catch(failed);
  } catch (error) {
    failed(error);
  }
}
