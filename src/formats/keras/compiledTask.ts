import { TASK_KEY, type Task } from '../../graph/task.ts';
import { isObject, type Json } from './config.ts';

const REGRESSION =
  /^(mse|mae|mape|msle|(mean_?)?(squared|absolute)_?(percentage_?|logarithmic_?)?error|mean_?(absolute_?percentage|squared_?logarithmic)_?error|huber|huber_?loss|log_?cosh|quantile|poisson)$/;
const CLASSIFICATION = /crossentropy|hinge/;

/**
 * What a Keras model was trained for, by the one loss that it was compiled with; nothing where it was not compiled, has
 * several losses or one of its author's own.
 * @param compiled `compile_config` of a .keras file, `training_config` of an .h5 file
 */
export function compiledTask(compiled: Json | undefined): { metadata?: ReadonlyMap<string, string> } {
  const task = isObject(compiled) ? taskOf(compiled.loss) : undefined;
  return task === undefined ? {} : { metadata: new Map([[TASK_KEY, task]]) };
}

function taskOf(loss: Json | undefined): Task | undefined {
  const name = isObject(loss) ? loss.class_name : Array.isArray(loss) && loss.length === 1 ? loss[0] : loss;
  if (typeof name !== 'string') return undefined;
  const plain = name.toLowerCase();
  if (CLASSIFICATION.test(plain.replaceAll('_', ''))) return 'classification';
  return REGRESSION.test(plain) ? 'regression' : undefined;
}
