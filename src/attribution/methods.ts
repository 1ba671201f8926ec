import type { MethodId } from './explanation.ts';
import { gradcam } from './methods/gradcam.ts';
import { hirescam } from './methods/hirescam.ts';
import type { Method } from './methods/method.ts';

/** In the order they are offered. */
export const METHODS: readonly Method[] = [gradcam, hirescam];

export function methodNamed(id: MethodId): Method {
  return METHODS.find((method) => method.id === id)!;
}
