import { fileURLToPath } from 'node:url';
import { templatesIn } from '../../../src/scaffold/index.ts';

/** The repository's own templates. */
export const templates = templatesIn(fileURLToPath(new URL('../../../templates', import.meta.url)));
