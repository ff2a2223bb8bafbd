export { type AskFrontEnd, createDesktop, type Desktop } from './desktop.ts';
