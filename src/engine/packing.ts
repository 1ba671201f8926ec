import { setImmediate as breathe } from 'node:timers/promises';
import {
  isOverview,
  isPackedOverview,
  packedOverview,
  unpackingOverview,
} from '../overview/packedOverview.ts';
import { withInstances, withPackedInstances } from './packedInstances.ts';

/** ms of unpacking after which others have their turn. */
const TURN = 8;

/** What crosses to the host: long lists as a few arrays. */
export function packed<M>(message: M): M {
  return isOverview(message) ? (packedOverview(message) as M) : withPackedInstances(message);
}

/** The message as it was before it was packed: later where there is much to unpack, with the event loop free between. */
export function unpacked<M>(message: M): M | Promise<M> {
  return isPackedOverview(message)
    ? (inTurns(unpackingOverview(message)) as Promise<M>)
    : withInstances(message);
}

async function inTurns<R>(pieces: Generator<void, R>): Promise<R> {
  for (let since = performance.now(); ; ) {
    const { done, value } = pieces.next();
    if (done) return value;
    if (performance.now() - since < TURN) continue;
    await breathe();
    since = performance.now();
  }
}
