import assert from 'node:assert/strict';

/** A figure that was computed; fails where it could not be. */
export function known<T extends object>(value: T | { readonly unavailable: string }): T {
  if ('unavailable' in value) assert.fail(String(value.unavailable));
  return value as T;
}
