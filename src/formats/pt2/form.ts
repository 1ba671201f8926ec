import { Refusal } from '../../refusal.ts';
import { isObject, type Json, type JsonObject } from '../keras/config.ts';

/** @throws Refusal `broken-model` where it is none */
export function object(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw new Refusal('broken-model', 'Its models/model.json does not have the form that torch.export writes.');
}

/** @throws Refusal `broken-model` where it is none */
export function list(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  throw new Refusal('broken-model', 'Its models/model.json does not have the form that torch.export writes.');
}

/** @throws Refusal `broken-model` where it is none */
export function text(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new Refusal('broken-model', 'Its models/model.json does not have the form that torch.export writes.');
}
