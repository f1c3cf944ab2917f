// Small tests of values, out of which the shapes of lines and entries are put together.
import { duration, moment } from './times.mjs';

export const isText = value => typeof value === 'string' && value !== '';
export const isHash = value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
export const isSalt = value => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
export const isFlag = value => typeof value === 'boolean';
export const isMoment = value => moment(value) !== null;
export const isDuration = value => duration(value) !== null;
export const anything = () => true;
export const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
export const whole = (least, most = Number.MAX_SAFE_INTEGER) => value => Number.isInteger(value) && value >= least && value <= most;
export const oneOf = (...words) => value => words.includes(value);
export const spelled = pattern => value => typeof value === 'string' && pattern.test(value);
export const some = each => value => Array.isArray(value) && value.length > 0 && value.every(each);
export const atMost = (most, each) => value => Array.isArray(value) && value.length <= most && value.every(each);

/** An object with these fields and no others. */
export const object = (needed, optional = {}) => value => isObject(value)
  && Object.keys(needed).every(name => Object.hasOwn(value, name))
  && Object.entries(value).every(([name, item]) => (Object.hasOwn(needed, name) ? needed[name] : Object.hasOwn(optional, name) ? optional[name] : never)(item));

const never = () => false;
