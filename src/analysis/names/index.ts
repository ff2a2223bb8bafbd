export { operandsOfSum } from './constant.ts';
export { Names } from './names.ts';
